/** The page of other forms: opens a form and its draft, keeps every change, and puts the record in the outbox. */
import '../style/base.css'
import '../style/shell.css'
import '../style/parts.css'
import '../style/screens.css'
import './form.css'
import { redrawn } from '../app/picture'
import { isoWithOffset, pageClock } from '../outbox/clock'
import { correcting, type FormDraft, type FormFile, Forms, newFormDraft } from '../outbox/forms'
import { Outbox } from '../outbox/outbox'
import { Photos } from '../outbox/photos'
import type { Account, FormName } from '../outbox/rules'
import type { Day } from '../server'
import { moment, speak } from '../texts'
import { type Answered, type OpenForm, openForm } from './engine'
import { words } from './texts'

const SETTLE_MS = 400
const OPENING_MS = 50
const HOME = '/field/'

const outbox = new Outbox(pageClock())
const forms = new Forms(outbox, new Photos(outbox))
const place = document.getElementById('form') as HTMLElement
const foot = document.getElementById('foot') as HTMLElement
const state = document.getElementById('state') as HTMLElement

async function start(): Promise<void> {
  const settings = await outbox.database.meta('settings')
  // The engine's own style fixes the size of the root: only what is more important lets people read larger.
  document.documentElement.style.setProperty('font-size', `${settings?.scale ?? 100}%`, 'important')
  document.documentElement.dataset.contrast = settings?.contrast ? 'high' : 'normal'
  await speak('vi')
  const [formId = '', name = ''] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)
  const current = await outbox.database.meta('current')
  const account = current ? await outbox.account(current) : undefined
  await outbox.vault.load()
  if (account && !outbox.vault.isOpen(account)) return say(place, words.locked)
  const draft = account && (await begin(account, formId, name))
  const form = draft && (await forms.kept(draft.form.id, draft.form.version))
  if (!account || !draft || !form) return say(place, words.missing)
  document.title = `${form.title} · Ra quân`
  place.replaceChildren()
  const opened = openForm(place, form, draft, account.device.id, (all) => void save(draft, all))
  keepAtChanges(draft, opened)
  drawFoot(draft, opened)
  void offerCamera(opened)
  keepForOffline()
}

/** Find the draft that is gone on with, or begin one: of a record that is put right, or of a new one. */
async function begin(account: Account, formId: string, name: string): Promise<FormDraft | undefined> {
  const owner = account.clientId
  const kept = await forms.draft(owner, name || formId)
  if (kept) return kept
  const row = name.startsWith('fix:')
    ? (await outbox.records(owner)).find((one) => `fix:${one.id}` === name)
    : undefined
  if (row?.form) return correcting(row, row.form, await filesOf(owner, row.id))
  const day = (await outbox.database.read((db) => db.get('days', owner)))?.day as Day | undefined
  const offered: FormName | undefined = day?.forms?.find((one) => one.id === formId)
  return offered && newFormDraft(owner, formId, offered)
}

async function filesOf(owner: string, record: string): Promise<FormFile[]> {
  const files: FormFile[] = []
  for (const photo of (await forms.album.list(owner)).filter((one) => one.record === record && one.name)) {
    const bytes = await forms.album.bytes(photo)
    if (bytes) files.push({ name: photo.name as string, type: 'image/jpeg', bytes })
  }
  return files
}

/** Keep the draft soon after every touch: a phone that is swiped away asks nobody. */
function keepAtChanges(draft: FormDraft, opened: OpenForm): void {
  let timer = 0
  let before = draft.xml
  const known = async () => {
    // The answers as the form was opened with are no draft; what is touched before they are known is one.
    for (; before === null; await new Promise((resolve) => setTimeout(resolve, OPENING_MS))) {
      before = (await opened.answers())?.xml ?? null
    }
  }
  const keep = async () => {
    const all = await opened.answers()
    if (!all || all.xml === before) return
    before = all.xml
    await forms.keepDraft({ ...draft, xml: all.xml, files: all.files }).then(
      () => say(state, words.kept(moment(Date.now()))),
      () => say(state, words.notKept),
    )
  }
  const soon = () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void keep().catch(() => say(state, words.notKept)), SETTLE_MS)
  }
  for (const event of ['input', 'change', 'click', 'keyup']) document.addEventListener(event, soon)
  document.addEventListener('visibilitychange', soon)
  void known().catch(() => undefined)
}

function drawFoot(draft: FormDraft, opened: OpenForm): void {
  const faults = document.createElement('p')
  faults.className = 'why'
  faults.setAttribute('role', 'alert')
  const save = button('button button-wide', words.save, () => {
    const count = opened.faults()
    say(faults, count ? words.faults(count) : '')
    opened.finish()
  })
  const drop = button('button-plain', words.drop, () => {
    if (drop.textContent === words.drop) return say(drop, words.dropSure)
    void forms.dropDraft(draft).then(() => location.assign(HOME))
  })
  foot.replaceChildren(faults, save, drop)
}

/** Offer the camera where the form asks for a code, once it is drawn; what was read is shown as if it were typed. */
async function offerCamera(opened: OpenForm): Promise<void> {
  while (!(await opened.answers())) await new Promise((resolve) => setTimeout(resolve, OPENING_MS))
  if (!opened.asksCode()) return
  const scanning = button('button button-wide form-scan', words.scan, async () => {
    const { scan } = await import('../app/scan')
    const text = await scan({ title: words.scan })
    if (text) opened.fill(text)
    document.dispatchEvent(new Event('change')) // keeps the draft
  })
  place.before(scanning)
}

function button(look: string, text: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = look
  made.textContent = text
  made.addEventListener('click', onClick)
  return made
}

/** Save the record; its pictures are drawn anew as every photo is, so that no place goes with them. */
async function save(draft: FormDraft, all: Answered): Promise<void> {
  try {
    const files = await Promise.all(all.files.map(small))
    const row = await forms.save(draft, all.xml, files, isoWithOffset(outbox.clock.wall()))
    new BroadcastChannel('raquan-field').postMessage('changed')
    location.assign(`${HOME}#/one/${encodeURIComponent(row.id)}`)
  } catch (error) {
    const full = error instanceof DOMException && error.name === 'QuotaExceededError'
    say(state, full ? words.full : words.notSaved)
  }
}

async function small(file: FormFile): Promise<FormFile> {
  if (!file.type.startsWith('image/')) return file
  return { ...file, bytes: await redrawn(new Blob([file.bytes], { type: file.type })) }
}

/** From its first use on the page is kept for work without a line. */
function keepForOffline(): void {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = (event) => {
    if (!event.data) say(state, words.notOffline)
  }
  navigator.serviceWorker?.controller?.postMessage('keep', [port2])
}

function say(element: HTMLElement, text: string): void {
  element.textContent = text
}

void start().catch(() => say(place, words.broken))
