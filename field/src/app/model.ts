/** What the screens show, in one place, and what they may ask for. */
import { anchorFrom, type Clock, campaignNow, isoWithOffset, type KeptAnchor, pageClock } from '../outbox/clock'
import type { Meta } from '../outbox/database'
import { type FormDraft, Forms } from '../outbox/forms'
import { type Counts, Outbox } from '../outbox/outbox'
import { type PhotoRow, type PhotoSaid, photoIsPending } from '../outbox/photo_rules'
import { Photos } from '../outbox/photos'
import type { Account, Draft, Row } from '../outbox/rules'
import { type Outcome, Refused } from '../outbox/sync'
import { type Answers, sha256 } from '../outbox/xml'
import { type Day, fetchDay, fetchForm, photoLine, signIn, sync } from '../server'
import { speak } from '../texts'
import { Courier } from './courier'
import { Release } from './release'

export const APP = '2026.1'
const NOTHING: Counts = { kept: 0, unsent: 0, received: 0, returned: 0 }
const CHANNEL = 'raquan-field'
const PLAIN: Meta['settings'] = { scale: 100, contrast: false, language: 'vi' }

/** A code that the server does not take, or a line that is down. */
export type SignInFailure = { message: string } | 'offline'

export class Model {
  account: Account | null = null
  accounts: Account[] = []
  unsentOf = new Map<string, number>()
  day: Day | null = null
  counts = NOTHING
  records: Row[] = []
  drafts: Draft[] = []
  photos: PhotoRow[] = []
  formDrafts: FormDraft[] = []
  last: Partial<Answers> = {}
  anchor: KeptAnchor | null = null
  lastSentMs: number | null = null
  outcome: Outcome | null = null
  settings = PLAIN
  online = navigator.onLine
  /** A form holds answers that are not saved as a record: no update may take the page away. */
  dirty = false

  readonly clock: Clock = pageClock()
  readonly outbox = new Outbox(this.clock)
  readonly album = new Photos(this.outbox)
  readonly forms = new Forms(this.outbox, this.album)
  readonly release = new Release(() => this.#tell())
  readonly courier = new Courier(
    this.outbox,
    sync,
    APP,
    (outcome) => {
      this.outcome = outcome
      void this.refresh(outcome !== null)
    },
    async (account) => {
      await this.#askDay(account)
      await this.#askForms(account)
      // Small first: records, then the day, then photos.
      return this.album.flush(account, photoLine)
    },
  )
  #listeners = new Set<() => void>()
  #channel = new BroadcastChannel(CHANNEL)

  async start(): Promise<void> {
    const { database } = this.outbox
    this.settings = { ...PLAIN, ...(await database.meta('settings')) }
    await this.#show(this.settings)
    await this.refresh(false)
    this.#channel.onmessage = () => this.refresh(false)
    for (const name of ['online', 'offline']) {
      addEventListener(name, () => {
        this.online = navigator.onLine
        this.#tell()
      })
    }
    this.courier.start()
    void this.release.start(() => this.dirty)
    void navigator.storage?.persist?.()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  /** Read all that is shown anew; `spread` tells the other windows too. */
  async refresh(spread = true): Promise<void> {
    const { outbox } = this
    const { database } = outbox
    this.accounts = await outbox.accounts()
    const current = await database.meta('current')
    this.account = this.accounts.find((one) => one.clientId === current) ?? this.accounts[0] ?? null
    for (const { clientId } of this.accounts) this.unsentOf.set(clientId, (await outbox.counts(clientId)).unsent)
    const owner = this.account?.clientId
    this.day = owner ? (((await database.read((db) => db.get('days', owner)))?.day as Day) ?? null) : null
    this.counts = owner ? await outbox.counts(owner) : NOTHING
    this.records = owner ? await outbox.records(owner) : []
    this.drafts = owner ? await outbox.drafts(owner) : []
    this.formDrafts = owner ? await this.forms.drafts(owner) : []
    this.photos = owner ? await this.album.list(owner) : []
    this.last = (await database.meta('last')) ?? {}
    this.anchor = (await database.meta('anchor')) ?? null
    this.lastSentMs = (await database.meta('lastSentMs')) ?? null
    this.#tell()
    if (spread) this.#channel.postMessage('changed')
  }

  /** The campaign's date, as well as it can be known here. */
  today(): string {
    const now = new Date(campaignNow(this.clock, this.anchor))
    return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(now)
  }

  async signIn(code: string, label: string): Promise<SignInFailure | null> {
    const { database } = this.outbox
    const plain = code.toUpperCase().replace(/[^0-9A-Z]/g, '')
    const codeHash = await sha256(plain)
    const begun = await database.meta('signingIn')
    // The answer to an earlier try may have been lost: the same code then names the same device again.
    const clientId = begun?.codeHash === codeHash ? begun.clientId : crypto.randomUUID()
    await database.setMeta('signingIn', { codeHash, clientId })
    const askedAt = this.clock.mono()
    try {
      const said = await signIn(plain, label, clientId)
      await database.setMeta('anchor', anchorFrom(this.clock, said.server_time, askedAt))
      const account: Account = {
        ...{ clientId, key: said.key, device: said.device, person: said.person, validUntil: said.valid_until },
        ...{ receiptKeys: [said.receipt_key], lastSeq: 0, barred: null },
      }
      await this.outbox.keepAccount(account)
      await this.switchTo(clientId)
      void this.courier.go()
      return null
    } catch (error) {
      if (error instanceof Refused && error.status < 500) return { message: error.reason.message }
      return 'offline'
    }
  }

  async switchTo(clientId: string): Promise<void> {
    await this.outbox.database.setMeta('current', clientId)
    await this.refresh()
  }

  async #askDay(account: Account): Promise<void> {
    const owner = account.clientId
    const { database } = this.outbox
    const known = await database.read((db) => db.get('days', owner))
    const askedAt = this.clock.mono()
    try {
      const { day, etag, serverTime } = await fetchDay(account.key, known?.etag ?? null)
      const server = serverTime ?? day?.server_time
      if (server) {
        await database.setMeta('anchor', anchorFrom(this.clock, server, askedAt))
        await this.album.forget(owner, server)
      }
      if (!day) return
      await database.write(async (tx) => {
        await tx.objectStore('days').put({ owner, etag, day })
      })
      if (day.receipt_key) await this.outbox.learnKey(owner, day.receipt_key)
    } catch (error) {
      if (!(error instanceof Refused)) return // no line: the day of before stays
      if (error.status === 401) await this.outbox.bar(owner, error.reason)
    }
  }

  /** Fetch the other forms of the day that are not on the phone yet. */
  async #askForms({ clientId, key }: Account): Promise<void> {
    const day = (await this.outbox.database.read((db) => db.get('days', clientId)))?.day as Day | undefined
    for (const form of day?.forms ?? []) {
      const kept = await this.forms.kept(form.id, form.version)
      if (kept?.md5 === form.md5) continue
      // Without a line, or when it is not offered any more, the next run asks again.
      const xml = await fetchForm(key, form.id).catch(() => null)
      if (xml) await this.forms.keep({ ...form, xml })
    }
  }

  async save(draft: Draft, answers: Answers): Promise<Row> {
    if (!this.day?.form) throw new Error('no form on this phone')
    const row = await this.outbox.save(draft, answers, this.day.form)
    const { service, group, result, how, bottleneck, language } = answers
    await this.outbox.database.setMeta('last', { service, group, result, how, bottleneck, language })
    await this.refresh()
    void this.courier.go()
    return row
  }

  photosOf(record: string): PhotoRow[] {
    return this.photos.filter((photo) => photo.record === record)
  }

  /** How many photos wait to be sent. */
  photosDue(): number {
    return this.photos.filter(photoIsPending).length
  }

  async addPhoto(record: string, bytes: Uint8Array<ArrayBuffer>, said: PhotoSaid): Promise<void> {
    if (!this.account) throw new Error('nobody has signed in')
    await this.album.add(this.account.clientId, record, bytes, said, isoWithOffset(this.clock.wall()))
    await this.refresh()
    void this.courier.go()
  }

  async change(settings: Partial<Meta['settings']>): Promise<void> {
    this.settings = { ...this.settings, ...settings }
    await this.#show(this.settings)
    await this.outbox.database.setMeta('settings', this.settings)
    this.#tell()
  }

  async #show({ scale, contrast, language }: Meta['settings']): Promise<void> {
    const { dataset, style } = document.documentElement
    style.fontSize = `${scale}%`
    dataset.contrast = contrast ? 'high' : 'normal'
    await speak(language)
  }
}
