/** This release's app against the server of the release before, by the contract that was recorded of it. */
import { readFileSync } from 'node:fs'
import { beforeEach, expect, it } from 'vitest'
import { browser, calm, install } from './browser'
import { ANSWERS, ModelServer } from './phone'

interface Recorded {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: whatever that server has said
  said: any
}
const CONTRACT: Record<string, Recorded> = JSON.parse(
  readFileSync(new URL('../../tests/fixtures/releases/2026.0-contract.json', import.meta.url), 'utf8'),
)
const CODE = 'DEMX-2Q23-CM'

install()
const { Model } = await import('../src/app/model')
const { begun, newDraft, whole } = await import('../src/app/assist')
const { takeText } = await import('../src/app/relay')
const { makeBundles } = await import('../src/outbox/bundle')
const { carried } = await import('../src/outbox/carrier')
const { settled } = await import('../src/outbox/rules')

/** Answers as the contract has it; only what must be this moment's own is made anew: receipts, their key, the ids. */
class ServerBefore extends ModelServer {
  asked: string[] = []

  fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const path = url.replace('/api/field/v1/', '')
    this.asked.push(path)
    const name = path === 'sync' ? 'accepted' : (path.split('/')[0] as string)
    const { status, said } = CONTRACT[name] as Recorded
    const answer = { ...said }
    if ('receipt_key' in answer) answer.receipt_key = await this.receiptKey()
    if (path === 'sync') Object.assign(answer, await this.receive(await body(init)))
    const text = said === null ? (status === 204 ? null : '<!doctype html>') : JSON.stringify(answer)
    return new Response(text, { status })
  }
}

async function body(init: RequestInit) {
  const packed = new Headers(init.headers).has('Content-Encoding')
  const stream = new Response(init.body).body as ReadableStream<Uint8Array<ArrayBuffer>>
  return new Response(packed ? stream.pipeThrough(new DecompressionStream('gzip')) : stream).json()
}

let server: ServerBefore
let model: InstanceType<typeof Model>

beforeEach(async () => {
  browser.newDisk()
  server = new ServerBefore()
  globalThis.fetch = server.fetch as typeof fetch
  model = await started()
  expect(await model.signIn(CODE, 'Máy')).toBeNull()
  await sent()
})

async function started(): Promise<typeof model> {
  const one = new Model()
  await one.start()
  return one
}

async function sent(): Promise<void> {
  await model.courier.go()
  await calm(model.courier)
  await model.refresh()
}

async function record() {
  const { day, account } = model
  if (!day || !account) throw new Error('not signed in')
  const [service] = day.services
  const rungs = day.groups.find((one) => one.code === service?.group)?.rungs ?? []
  const [outing] = day.outings
  if (!service || !outing) throw new Error('an empty day')
  const chosen = { service: service.code, group: service.group, result: rungs.at(-1)?.code as string, how: 'guided' }
  const answers = whole(day, { ...begun(day, outing, {}), ...chosen })
  if (!answers) throw new Error('not whole')
  return model.save(newDraft(account.clientId, outing.code, ANSWERS.outing, answers), answers)
}

it('signs in, shows the day, records and gets receipts', async () => {
  expect(model.day?.outings.length).toBeGreaterThan(0)
  expect(model.locked).toBe(false)
  expect(model.account?.lock).toBeDefined()
  const row = await record()
  await sent()
  expect(model.records.map(({ id, state }) => [id, state])).toEqual([[row.id, 'received']])
  expect(server.taken.get(row.id)?.sha256).toBe(row.sha256)
  await model.lock(model.account?.clientId as string)
  expect(await model.takeCode(CODE)).toBeNull()
  expect(model.records).toHaveLength(1)
})

it('makes no file that this server could not open, and says so', async () => {
  browser.line = 'down'
  globalThis.fetch = (() => Promise.reject(new TypeError('Failed to fetch'))) as typeof fetch
  await record()
  await sent()
  expect(model.account?.bundleKey).toBeUndefined() // the page says that the server's key is missing
  await expect(makeBundles(model.outbox, model.account as NonNullable<typeof model.account>, '1')).rejects.toThrow()
  expect(model.counts).toMatchObject({ kept: 1, unsent: 1 })
})

it('keeps what it carries for others until a server takes it', async () => {
  const sealed = btoa('sealed')
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('sealed'))
  const sha256 = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const bundle = { raquan: 'bundle', v: 1, kid: 'k', client_id: 'c', first: 1, last: 1, count: 1, epk: '' }
  expect((await takeText(model, JSON.stringify({ ...bundle, sha256, sealed }))).tone).toBe('good')
  await sent()
  expect(server.asked).toContain('relay')
  expect((await carried(model.outbox)).map(({ state }) => state)).toEqual(['waiting'])
})

it('keeps photos until a server takes them, and lets records go before', async () => {
  const row = await record()
  const said = { agreedBy: [], illustration: false, caption: '' }
  await model.addPhoto(row.id, new Uint8Array([0xff, 0xd8]), { ...said, consent: 'nobody' })
  await sent()
  expect(server.asked.at(-1)).toMatch(/^photos\//)
  expect(model.photosOf(row.id).map(({ state, reason }) => [state, reason])).toEqual([['saved', null]])
  expect(model.records.map(({ state }) => state)).toEqual(['received'])
  expect(model.outcome).toBe('sent')
})

it.each(['unknown kind', 'conflict'])(
  'keeps a record that this server answers with “%s”, and its reason',
  async (name) => {
    const row = await record()
    const [verdict] = (CONTRACT[name] as Recorded).said.verdicts
    const now = settled({ ...row, state: 'sent' }, { ...verdict, id: row.id }, null, '')
    expect(now.state).toBe('returned')
    expect(now.reason?.message).toMatch(/[ạảấầậệộữ]/)
  },
)

it.each([
  ['later schema', 'outdated'],
  ['unknown key', 'barred'],
  ['photos', 'later'],
])('loses nothing when this server answers a sending with “%s”', async (name, outcome) => {
  const { status, said } = CONTRACT[name] as Recorded
  globalThis.fetch = (async () => new Response(said && JSON.stringify(said), { status })) as typeof fetch
  const row = await record()
  await sent()
  expect(model.outcome).toBe(outcome === 'barred' ? 'sent' : outcome)
  expect(model.account?.barred?.message ?? null).toBe(outcome === 'barred' ? said.message : null)
  expect(model.records.map(({ id, state }) => [id, state])).toEqual([[row.id, 'saved']])
})
