/** What is carried by file: kept until it is delivered, handed back, and believed only when the server has signed it. */
import { beforeEach, describe, expect, it } from 'vitest'
import { Refused } from '../src/line'
import { type AnswerFile, type Bundle, MOST_IN_BUNDLE, makeBundles, readFile, takeAnswer } from '../src/outbox/bundle'
import { carried, carry, deliver, putDown } from '../src/outbox/carrier'
import type { Outbox } from '../src/outbox/outbox'
import type { Account } from '../src/outbox/rules'
import { ANSWERS, draft, FORM, ModelServer, newDisk, OWNER, openingKey, phoneOf } from './phone'

let server: ModelServer
let outbox: Outbox
const account = async () => (await outbox.account(OWNER)) as Account

beforeEach(async () => {
  newDisk()
  server = new ModelServer()
  outbox = await phoneOf(server)
  await outbox.learnKeys(OWNER, undefined, await openingKey())
})

async function oneBundle(): Promise<Bundle> {
  await outbox.save(draft(), ANSWERS, FORM)
  return (await makeBundles(outbox, await account(), '1'))[0] as Bundle
}

const answerTo = (bundle: Bundle): AnswerFile => {
  const { client_id, sha256 } = bundle
  return { raquan: 'answer', v: 1, client_id, bundle: sha256, taken: 1, refused: 0, answer: 'a.b' }
}

describe('making', () => {
  it('takes all that is unsent, in files that the server can take, and changes nothing', async () => {
    expect(await makeBundles(outbox, await account(), '1')).toEqual([])
    for (let n = 0; n < MOST_IN_BUNDLE + 3; n++) await outbox.save(draft(), ANSWERS, FORM)
    const before = await outbox.counts(OWNER)
    const bundles = await makeBundles(outbox, await account(), '1')
    expect(bundles.map(({ first, last, count }) => [first, last, count])).toEqual([
      [1, MOST_IN_BUNDLE, MOST_IN_BUNDLE],
      [MOST_IN_BUNDLE + 1, MOST_IN_BUNDLE + 3, 3],
    ])
    for (const bundle of bundles) expect(JSON.stringify(bundle).length).toBeLessThan(900_000)
    expect(await outbox.counts(OWNER)).toEqual(before)
  })

  it('is not possible while locked', async () => {
    await outbox.save(draft(), ANSWERS, FORM)
    await outbox.lock(OWNER)
    await expect(makeBundles(outbox, await account(), '1')).rejects.toThrow('locked')
  })
})

describe('reading a file', () => {
  it('knows a whole bundle and an answer from all else', async () => {
    const bundle = await oneBundle()
    const text = JSON.stringify(bundle)
    expect(await readFile(text)).toEqual(bundle)
    expect((await readFile(JSON.stringify(answerTo(bundle))))?.raquan).toBe('answer')
    const turned = JSON.stringify({ ...bundle, sealed: bundle.sealed.replace(/^.../, 'AAA') })
    for (const other of ['', 'xin chào', '{}', 'null', '[]', text.slice(0, -5), turned]) {
      expect(await readFile(other)).toBeNull()
    }
  })

  it('believes no answer that the server has not signed', async () => {
    const bundle = await oneBundle()
    expect(await takeAnswer(outbox, answerTo(bundle))).toBe('false')
    expect(await takeAnswer(outbox, { ...answerTo(bundle), client_id: 'other' })).toBe('elsewhere')
    // A receipt is signed by the same key, and is no answer.
    const row = (await outbox.records(OWNER))[0] as NonNullable<Awaited<ReturnType<Outbox['records']>>[0]>
    const envelope = { schema: 1, client_id: OWNER, app: '1', sent_at: '', items: [{ ...row, kind: 'assist' }] }
    const { verdicts } = await server.receive(envelope as never)
    expect(await takeAnswer(outbox, { ...answerTo(bundle), answer: verdicts[0]?.receipt ?? '' })).toBe('false')
    expect(await outbox.counts(OWNER)).toMatchObject({ unsent: 1, received: 0 })
  })
})

describe('carrying', () => {
  const states = async () => (await carried(outbox)).map(({ state }) => state)

  it('waits for a line, is delivered once, and is put down only by a person', async () => {
    const bundle = await oneBundle()
    await carry(outbox, bundle)
    await carry(outbox, bundle)
    await deliver(outbox, await account(), () => Promise.reject(new TypeError('Failed to fetch')))
    expect(await states()).toEqual(['waiting'])
    let times = 0
    const send = async () => {
      times++
      return answerTo(bundle)
    }
    await deliver(outbox, await account(), send)
    await deliver(outbox, await account(), send)
    await carry(outbox, bundle)
    expect([times, await states()]).toEqual([1, ['delivered']])
    await putDown(outbox, bundle.sha256)
    expect(await states()).toEqual([])
  })

  it('tells a no to the bundle from a no to its carrier, and goes on with the others', async () => {
    const [first, second] = [await oneBundle(), await oneBundle()]
    for (const bundle of [first, second]) await carry(outbox, bundle)
    const says = (status: number) => () => Promise.reject(new Refused(status, { code: 'x', message: 'Lý do' }))
    for (const status of [401, 404, 429, 500, 503]) await deliver(outbox, await account(), says(status))
    expect(await states()).toEqual(['waiting', 'waiting'])
    await deliver(outbox, await account(), async (bundle) => {
      if (bundle.sha256 === first.sha256) return says(409)()
      return answerTo(bundle)
    })
    expect((await states()).sort()).toEqual(['delivered', 'refused'])
    expect((await carried(outbox)).find((one) => one.state === 'refused')?.reason?.message).toBe('Lý do')
    await carry(outbox, first) // the same file again: another try
    expect((await states()).sort()).toEqual(['delivered', 'waiting'])
  })
})
