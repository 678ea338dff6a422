import { beforeEach, describe, expect, it } from 'vitest'
import { pause } from '../src/app/turns'
import { Refused } from '../src/line'
import type { Outbox } from '../src/outbox/outbox'
import { KEPT_MS, linked, type Standing } from '../src/outbox/rules'
import { flush } from '../src/outbox/sync'
import { ANSWERS, draft, FORM, ModelServer, newDisk, OWNER, phoneOf, type TestClock } from './phone'

let server: ModelServer
let outbox: Outbox
const account = async () => (await outbox.account(OWNER)) as NonNullable<Awaited<ReturnType<Outbox['account']>>>
const states = async () => (await outbox.records(OWNER)).map((row) => row.state)
const sync = async (send = server.receive) => flush(outbox, await account(), send, '2026.1')

beforeEach(async () => {
  newDisk()
  server = new ModelServer()
  outbox = await phoneOf(server)
})

describe('saving', () => {
  it('numbers the records and takes the draft away in the same write', async () => {
    const first = draft()
    await outbox.keepDraft(first)
    await outbox.save(first, ANSWERS, FORM)
    await outbox.save(draft(), ANSWERS, FORM)
    expect((await outbox.records(OWNER)).map((row) => row.seq)).toEqual([2, 1])
    expect(await outbox.draft(OWNER, ANSWERS.outing)).toBeUndefined()
  })

  it('makes one record of a draft that is saved twice at once', async () => {
    const tapped = draft()
    const rows = await Promise.all([outbox.save(tapped, ANSWERS, FORM), outbox.save(tapped, ANSWERS, FORM)])
    expect(rows[0]).toEqual(rows[1])
    expect(await outbox.counts(OWNER)).toMatchObject({ kept: 1, unsent: 1 })
  })

  it('keeps a draft at every change, and none of a record that is saved', async () => {
    const changing = draft(ANSWERS.outing, { service: 'vietqr' })
    await outbox.keepDraft(changing)
    await outbox.keepDraft({ ...changing, answers: { service: 'bank_app' } })
    expect((await outbox.draft(OWNER, ANSWERS.outing))?.answers).toEqual({ service: 'bank_app' })
    await outbox.save(changing, ANSWERS, FORM)
    await outbox.keepDraft(changing)
    expect(await outbox.drafts(OWNER)).toEqual([])
  })

  it('two windows never give the same number', async () => {
    const other = await phoneOf(server)
    const saves = Array.from({ length: 10 }, (_, n) => (n % 2 ? outbox : other).save(draft(), ANSWERS, FORM))
    const seqs = (await Promise.all(saves)).map((row) => row.seq)
    expect(seqs.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it('leaves nothing behind when the disk refuses', async () => {
    const tapped = draft()
    await outbox.keepDraft(tapped)
    const real = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError') // the record itself was added a moment before
    }
    await expect(outbox.save(tapped, ANSWERS, FORM)).rejects.toThrow()
    IDBObjectStore.prototype.put = real
    expect(await outbox.counts(OWNER)).toMatchObject({ kept: 0 })
    expect((await account()).lastSeq).toBe(0)
    expect((await outbox.draft(OWNER, ANSWERS.outing))?.id).toBe(tapped.id)
  })
})

describe('sending', () => {
  it('is received only with a receipt that is verified', async () => {
    await outbox.save(draft(), ANSWERS, FORM)
    expect(await sync()).toBe('sent')
    expect(await states()).toEqual(['received'])
  })

  it.each([
    ['another signature', (compact: string) => `${compact.slice(0, -6)}AAAAAA`],
    ['no receipt', () => ''],
    ['rubbish', () => 'a.b'],
  ])('is not received with %s, and is asked for again', async (_name, spoil) => {
    await outbox.save(draft(), ANSWERS, FORM)
    server.spoil = spoil
    await sync()
    expect(await states()).toEqual(['sent'])
    server.spoil = (compact) => compact
    await sync()
    expect(await states()).toEqual(['received'])
    expect(server.taken.size).toBe(1)
  })

  it('does not take the receipt of one record for another', async () => {
    const receipts: string[] = []
    server.spoil = (compact) => {
      receipts.push(compact)
      return receipts[0] as string
    }
    await outbox.save(draft(), ANSWERS, FORM)
    await outbox.save(draft(), ANSWERS, FORM)
    await sync()
    expect(await states()).toEqual(['sent', 'received'])
  })

  it('stays on the phone while no answer comes, and is received once after it', async () => {
    await outbox.save(draft(), ANSWERS, FORM)
    const deaf = async (envelope: Parameters<typeof server.receive>[0]) => {
      await server.receive(envelope)
      throw new TypeError('Failed to fetch')
    }
    expect(await sync(deaf)).toBe('later')
    expect(await states()).toEqual(['saved'])
    await sync()
    expect(await states()).toEqual(['received'])
    expect(server.taken.size).toBe(1)
  })

  it('goes in batches that the server can take', async () => {
    for (let n = 0; n < 120; n++) await outbox.save(draft(), ANSWERS, FORM)
    const sizes: number[] = []
    await sync((envelope) => {
      sizes.push(envelope.items.length)
      return server.receive(envelope)
    })
    expect(sizes).toEqual([50, 50, 20])
    expect(await outbox.counts(OWNER)).toMatchObject({ unsent: 0, received: 120 })
  })

  it('steps over one record that the server cannot read, and loses nothing', async () => {
    const bad = draft()
    for (const one of [draft(), draft(), bad, draft(), draft()]) await outbox.save(one, ANSWERS, FORM)
    const picky = async (envelope: Parameters<typeof server.receive>[0]) => {
      if (envelope.items.some((item) => item.id === bad.id)) throw new Refused(400, { code: 'bad', message: 'Hỏng' })
      return server.receive(envelope)
    }
    expect(await sync(picky)).toBe('stuck')
    expect(server.taken.size).toBe(4)
    const left = await outbox.pending(OWNER)
    expect(left.map((row) => [row.id, row.trouble?.message])).toEqual([[bad.id, 'Hỏng']])
  })

  it('a refused record stays with its reason, and can be sent again', async () => {
    const row = await outbox.save(draft(), ANSWERS, FORM)
    server.unwelcome.add(row.id)
    await sync()
    const [returned] = await outbox.records(OWNER)
    expect(returned?.reason).toEqual({ code: 'form.closed', message: 'Biểu mẫu đã đóng.' })
    server.unwelcome.clear()
    await outbox.sendAgain(returned as typeof row)
    await sync()
    expect(await states()).toEqual(['received'])
  })

  it('a returned record is made anew and troubles nobody any more', async () => {
    const row = await outbox.save(draft(), ANSWERS, FORM)
    server.unwelcome.add(row.id)
    await sync()
    expect(await outbox.counts(OWNER)).toMatchObject({ returned: 1, unsent: 0 })
    await outbox.save({ ...draft(), remakes: row.id }, ANSWERS, FORM)
    expect(await outbox.counts(OWNER)).toMatchObject({ kept: 2, returned: 0, unsent: 1 })
  })

  it('a correction never overtakes the record that it corrects', async () => {
    const row = await outbox.save(draft(), ANSWERS, FORM)
    await outbox.save({ ...draft(), replaces: row.id }, { ...ANSWERS, how: 'self' }, FORM)
    const picky = async (envelope: Parameters<typeof server.receive>[0]) => {
      if (envelope.items.some((item) => item.id === row.id)) throw new Refused(400, { code: 'bad', message: 'Hỏng' })
      return server.receive(envelope)
    }
    await sync(picky)
    await sync(picky)
    expect(server.taken.size).toBe(0)
    await sync()
    expect([...server.taken.values()].map((one) => one.seq)).toEqual([1, 2])
  })

  it('a key that is no longer taken stops the sending and nothing else', async () => {
    await outbox.save(draft(), ANSWERS, FORM)
    const barred = async () => {
      throw new Refused(401, { code: 'device.revoked', message: 'Máy này đã bị khóa.' })
    }
    expect(await sync(barred)).toBe('barred')
    expect((await account()).barred?.code).toBe('device.revoked')
    await outbox.save(draft(), ANSWERS, FORM)
    expect(await outbox.counts(OWNER)).toMatchObject({ kept: 2, unsent: 2 })
  })
})

describe('keeping', () => {
  it('keeps what is acknowledged for seven days of the server, whatever the phone thinks', async () => {
    await outbox.save(draft(), ANSWERS, FORM)
    await sync()
    ;(outbox.clock as TestClock).wallMs += 40 * KEPT_MS
    await outbox.save(draft(), ANSWERS, FORM)
    await sync()
    expect(await outbox.counts(OWNER)).toMatchObject({ kept: 2 })
    server.clock += KEPT_MS
    await outbox.save(draft(), ANSWERS, FORM)
    await sync()
    expect(await outbox.counts(OWNER)).toMatchObject({ kept: 1, received: 1 })
  })

  it('sends again what the server has lost after all', async () => {
    const row = await outbox.save(draft(), ANSWERS, FORM)
    await sync()
    server.taken.delete(row.id)
    await outbox.save(draft(), ANSWERS, FORM)
    await sync() // the answer tells of the gap; what it asks for goes in the same flush
    expect(server.taken.has(row.id)).toBe(true)
    expect(await states()).toEqual(['received', 'received'])
  })

  it('keeps every receipt key that it was ever given', async () => {
    const known = await account()
    await outbox.keepAccount({ ...known, receiptKeys: [{ kid: 'k2', alg: 'ES256', spki: '' }], lastSeq: 0 })
    expect((await account()).receiptKeys.map((key) => key.kid)).toEqual(['k2', 'k1'])
  })
})

it('waits longer each time, never longer than a quarter of an hour', () => {
  expect([0, 1, 2, 20].map((failures) => pause(failures, () => 1))).toEqual([5_000, 10_000, 20_000, 900_000])
  expect(pause(0, () => 0)).toBe(2_500)
})

describe('putting right', () => {
  const row = (id: string, state: Standing['state'], replaces: string | null = null, remadeAs: string | null = null) =>
    ({ id, state, replaces, remadeAs }) as Standing
  const corrects = (id: string) => ({ replaces: id, remakes: null })
  const remakes = (id: string) => ({ replaces: null, remakes: id })

  it.each([
    ['a record', corrects('a'), [row('a', 'received')], ['a', null]],
    ['one that has left the phone', corrects('a'), [], ['a', null]],
    ['one that is corrected already', corrects('a'), [row('a', 'sent'), row('b', 'saved', 'a')], ['b', null]],
    ['one that came back meanwhile', corrects('a'), [row('a', 'returned')], [null, 'a']],
    [
      'one that was made anew meanwhile',
      corrects('a'),
      [row('a', 'returned', null, 'b'), row('b', 'saved')],
      ['b', null],
    ],
    ['one that came back', remakes('a'), [row('a', 'returned')], [null, 'a']],
    ['one that was sent again meanwhile', remakes('a'), [row('a', 'received')], ['a', null]],
    ['a correction that came back', remakes('b'), [row('a', 'received'), row('b', 'returned', 'a')], ['a', 'b']],
    [
      'a correction that came too late',
      remakes('c'),
      [row('a', 'received'), row('b', 'received', 'a'), row('c', 'returned', 'a')],
      ['b', 'c'],
    ],
    ['a correction of what came back', remakes('b'), [row('a', 'returned'), row('b', 'returned', 'a')], [null, 'a']],
  ] as const)('of %s never makes a second record of one person', (_name, link, rows, [replaces, remade]) => {
    expect(linked(link, rows)).toEqual({ replaces, remakes: remade })
  })

  it('of a record with two corrections reaches the server as one chain', async () => {
    const first = await outbox.save(draft(), ANSWERS, FORM)
    const second = await outbox.save({ ...draft('a'), replaces: first.id }, ANSWERS, FORM)
    const third = await outbox.save({ ...draft('b'), replaces: first.id }, ANSWERS, FORM)
    expect([second.replaces, third.replaces]).toEqual([first.id, second.id])
    expect(third.payload).toContain(`<orx:deprecatedID>${second.id}<`)
  })
})
