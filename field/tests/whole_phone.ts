/** The whole app of a phone but its screens, for tests against a real server: told what to do a line of JSON at a time. */
import { createInterface } from 'node:readline'
import { answered, begun, newDraft, whole } from '../src/app/assist'
import { Model } from '../src/app/model'
import { putRight } from '../src/app/record'
import { takeText } from '../src/app/relay'
import { makeBundles } from '../src/outbox/bundle'
import { carried } from '../src/outbox/carrier'
import { isoWithOffset } from '../src/outbox/clock'
import type { Draft, Row } from '../src/outbox/rules'
import type { Day } from '../src/server'
import { arriveLate, browser, calm, install, type Line, Page } from './browser'

install()
let model: Model

/** What became of it; `died` when the page was gone before the person could be told. */
type Told = { said: unknown } | { died: true } | { failed: string }

async function start(): Promise<null> {
  browser.page = new Page()
  const { page } = browser
  model = new Model()
  const { database } = model.outbox
  const read = database.read.bind(database)
  database.read = (work) => (page.isDead ? new Promise(() => undefined) : read(work))
  await model.start()
  await settled()
  return null
}

/** Wait until what the app does by itself is done and shown; a dead page shows nothing. */
async function settled(): Promise<void> {
  await calm(model.courier)
  if (!browser.page.isDead) await Promise.race([model.refresh(false), browser.page.died])
}

function day(): Day {
  if (!model.day?.form) throw new Error('no day on this phone')
  return model.day
}

const owner = () => model.account?.clientId as string

/** Open the form of an outing: the draft that lies there, or a new one. */
async function opened(outing: string): Promise<Draft> {
  const kept = await model.outbox.draft(owner(), outing)
  const place = day().outings.find((one) => one.code === outing)
  const answers = place ? begun(day(), place, model.last) : { outing }
  return kept ?? newDraft(owner(), outing, isoWithOffset(model.clock.wall()), answers)
}

/** Answer all that is asked and touch the button that saves. */
async function finish(draft: Draft, service: string): Promise<object> {
  const [rung] =
    day()
      .groups.find((one) => one.code === serviceGroup(service))
      ?.rungs.slice(-1) ?? []
  const answers = answered(day(), answered(day(), draft.answers, { service }), { result: rung?.code as string })
  const next = { ...draft, answers }
  await model.outbox.keepDraft(next)
  const all = whole(day(), { ...answers, how: 'guided' })
  if (!all) throw new Error('the draft is not whole')
  const { id, sha256, replaces, seq, owner } = await model.save(next, all)
  return { id, sha256, replaces, remakes: draft.remakes, seq, owner, at_risk: model.isAtRisk }
}

const serviceGroup = (service: string) => day().services.find((one) => one.code === service)?.group

interface Asked {
  address: string
  code: string
  line: Line
  ms: number
  steps: number
  outing: string
  service: string
  id: string
  text: string
  owner: string
}

const tasks: { [name: string]: (asked: Asked) => Promise<unknown> } = {
  /** A phone fresh from the shop. */
  async new_phone({ address }) {
    browser.page.die()
    Object.assign(browser, { address, line: 'good', clockOff: 0, late: [] })
    browser.newDisk()
    return start()
  },
  async line({ line }) {
    browser.line = line
    return null
  },
  async late_arrives() {
    return arriveLate().then(() => null)
  },
  async clock({ ms }) {
    browser.clockOff = ms
    return null
  },
  /** Let the page die so many steps from here. */
  async die_after({ steps }) {
    browser.page.stepsLeft = steps
    return null
  },
  async crash() {
    browser.page.die()
    return start()
  },
  async evict() {
    browser.page.die()
    browser.newDisk()
    return start()
  },
  sign_in: async ({ code }) => model.signIn(code, 'Máy thử'),
  unlock: async ({ code }) => model.takeCode(code),
  async lock() {
    return model.account ? model.lock(owner()).then(() => null) : null
  },
  async switch({ owner }) {
    return model.switchTo(owner).then(() => null)
  },
  async record({ outing, service }) {
    return finish(await opened(outing), service)
  },
  /** Change an answer, and be called away. */
  async edit({ outing, service }) {
    const draft = await opened(outing)
    return model.outbox.keepDraft({ ...draft, answers: answered(day(), draft.answers, { service }) }).then(() => null)
  },
  /** Put a record right as its button does: correct it, or make anew what came back. */
  async put_right({ id, service }) {
    const row = model.records.find((one) => one.id === id) as Row
    await putRight(model, row)
    const draft = await model.outbox.draft(owner(), `fix:${id}`)
    return finish(draft as Draft, service)
  },
  async send_again({ id }) {
    await model.outbox.sendAgain(model.records.find((one) => one.id === id) as Row)
    return model.courier.go().then(() => null)
  },
  send: async () => model.courier.go().then(() => model.outcome),
  async bundles() {
    if (!model.account) return []
    const all = await makeBundles(model.outbox, model.account, '2026.1')
    const ids = (await model.outbox.pending(owner())).map((row) => row.id)
    return all.length > 0 ? { files: all.map((one) => JSON.stringify(one)), ids } : { files: [], ids: [] }
  },
  take: async ({ text }) => (await takeText(model, text)).text,
  async answers() {
    const all = await carried(model.outbox)
    return all.map(({ state, answer, reason }) => ({ state, reason, answer: answer && JSON.stringify(answer) }))
  },
  /** Where everything stands, read past the app. */
  async state() {
    await model.refresh(false)
    const rows = await model.outbox.database.read((db) => db.getAll('records'))
    const accounts = model.accounts.map((one) => ({
      ...{ owner: one.clientId, person: one.person.name, open: model.isOpen(one), barred: one.barred },
    }))
    const shown = rows.map(({ id, owner, seq, state, sha256, replaces, reason, trouble, remadeAs }) => ({
      ...{ id, owner, seq, state, sha256, replaces, reason, trouble, remadeAs },
    }))
    return { accounts, rows: shown, current: model.account?.clientId ?? null, day: model.day?.form != null }
  },
}

async function carryOut({ ask, ...asked }: Asked & { ask: string }): Promise<Told> {
  const task = tasks[ask]
  if (!task) throw new Error(`nobody knows how to ${ask}`)
  const { page } = browser
  const done = task(asked)
    .then(async (said) => {
      await settled()
      return { said }
    })
    .catch(async (error: unknown) => settled().then(() => ({ failed: String(error) })))
  const told = ['new_phone', 'crash', 'evict'].includes(ask)
    ? await done
    : await Promise.race([page.died.then((): Told => ({ died: true })), done])
  if (browser.page.isDead) await start()
  return told
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await carryOut(JSON.parse(line)))}\n`)
}
