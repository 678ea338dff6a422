/** The counter without a line: what it takes, what it refuses and why, and what it owes the server. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { read } from '../src/counter/code'
import { bitOf, type Lease, type Redemption, type Run, wanted } from '../src/counter/rules'
import { type Envelope, flush } from '../src/counter/sync'
import { Till } from '../src/counter/till'
import { momentAt } from '../src/counter/time'
import { Refused } from '../src/line'
import { browser } from './browser'
import { HandClock, HOUR, ModelOffice, NOON, newPress, type Press, RUN, runOf } from './counter'

const NOTHING = { card: null, amount: null }
const serialOf = (text: string) => read(text)?.serial ?? 0
let press: Press
let clock: HandClock
let till: Till
let office: ModelOffice

beforeAll(async () => {
  press = await newPress()
})

beforeEach(async () => {
  browser.newDisk()
  clock = new HandClock()
  office = new ModelOffice(runOf(press), serialOf)
  till = await counterOf('Quầy 1')
  await flush(till, office.send)
})

async function counterOf(token: string): Promise<Till> {
  const made = new Till(clock, token)
  const account = { token, counter: { id: token, name: token }, enterprise: 'Siêu thị Buôn Hồ' }
  await made.begin(account, new Date(office.nowMs).toISOString(), clock.mono())
  return made
}

function pass(ms: number): void {
  clock.pass(ms)
  office.nowMs += ms
}

async function redeem(serial: number, where = till): Promise<string> {
  const found = await where.look(await press.print(serial))
  if (!found.code || 'reason' in found.verdict) return 'reason' in found.verdict ? found.verdict.reason : '?'
  const made = await where.redeem(crypto.randomUUID(), found.code, NOTHING)
  return 'reason' in made ? made.reason : made.id
}

const reasonOf = async (text: string) => {
  const { verdict } = await till.look(text)
  return 'reason' in verdict ? verdict.reason : 'good'
}
const owed = async () => (await till.book()).redemptions.filter((one) => !one.outcome).length
const outcomes = async (where = till) =>
  (await where.book()).redemptions.map((one) => one.outcome?.code || one.outcome?.outcome)
/** Let the server tell the counter of its run as it is now. */
async function tell(change: Partial<Run>): Promise<void> {
  Object.assign(office.run, change)
  await flush(till, office.send)
}

describe('refusing', () => {
  it('tells another run, another key, the days and the state', async () => {
    expect(await reasonOf(await press.print(1))).toBe('good')
    expect(await reasonOf(await press.print(1, '2023-10-15', RUN.replace('0190', '0191')))).toBe('other_run')
    expect(await reasonOf(await (await newPress()).print(1))).toBe('altered')
    expect(await reasonOf(await press.print(1, '2023-10-09'))).toBe('expired')
    await tell({ starts_on: '2023-10-11' })
    expect(await reasonOf(await press.print(1))).toBe('not_begun')
    await tell({ starts_on: '2023-09-15', state: 'suspended' })
    expect(await reasonOf(await press.print(1))).toBe('suspended')
    await tell({ state: 'open', ends_on: '2023-10-09' })
    expect(await reasonOf(await press.print(1))).toBe('expired')
  })

  it('takes a voucher to the end of its last day in Viet Nam', async () => {
    const last = await press.print(1, '2023-10-10')
    clock.pass(12 * HOUR - 1)
    expect(await reasonOf(last)).toBe('good')
    clock.pass(1)
    expect(await reasonOf(last)).toBe('expired')
  })

  it('knows what was used here, and what others used before the last sending', async () => {
    await redeem(1)
    expect(await redeem(1)).toBe('used')
    office.counted.set(9, 'another')
    expect(await reasonOf(await press.print(9))).toBe('good')
    await flush(till, office.send)
    expect(await reasonOf(await press.print(9))).toBe('used')
    expect(await reasonOf(await press.print(10))).toBe('good')
  })

  it('keeps the limits a day and a card', async () => {
    await tell({ per_counter_day: 2, per_card: 1 })
    const code = read(await press.print(1)) as NonNullable<ReturnType<typeof read>>
    const card = { card: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', amount: 50_000 }
    expect(await till.redeem('00000000-0000-4000-8000-000000000001', code, card)).toMatchObject({ amount: 50_000 })
    const second = read(await press.print(2)) as typeof code
    expect(await till.redeem(crypto.randomUUID(), second, card)).toMatchObject({ reason: 'card_limit' })
    await redeem(2)
    expect(await redeem(3)).toBe('counter_limit')
    clock.pass(13 * HOUR) // the next day
    expect(await reasonOf(await press.print(3))).toBe('good')
  })

  it('redeems no more than it holds, and nothing after the time', async () => {
    for (let serial = 1; serial <= 20; serial++) expect(await redeem(serial)).toMatch(/-/)
    expect(await redeem(21)).toBe('no_lease')
    await flush(till, office.send) // twice as many for a day twice as busy
    expect(office.leases.map((one) => one.granted)).toEqual([20, 20])
    expect(await redeem(21)).toMatch(/-/)
    clock.pass(24 * HOUR)
    expect(await redeem(22)).toBe('lease_expired')
  })

  it('keeps each refusal for the server', async () => {
    await till.fail('unreadable', 'x'.repeat(300))
    await flush(till, office.send)
    const { failures } = await till.book()
    expect(failures).toMatchObject([{ reason: 'unreadable', text: 'x'.repeat(60), outcome: { outcome: 'kept' } }])
  })
})

describe('the time', () => {
  const anchor = {
    server: new Date(NOON).toISOString(),
    mono: 1000,
    origin: 'page-1',
    rtt: 80,
    wallMs: NOON + 7 * HOUR,
  }

  it('goes on from the server’s last word, whatever the phone’s clock says', () => {
    clock.wallMs = NOON + 7 * HOUR
    clock.pass(HOUR)
    expect(momentAt(clock, anchor)).toMatchObject({
      ms: NOON + HOUR,
      clock: 'anchored',
      told: '2023-10-10T06:00:00.000Z',
    })
    clock.wallMs -= 5 * HOUR // set back
    expect(momentAt(clock, anchor)).toMatchObject({ ms: NOON + HOUR, clock: 'anchored' })
  })

  it('takes the later of two clocks: a page that slept counts too little', () => {
    clock.wallMs = NOON + 17 * HOUR
    const slept = momentAt(clock, anchor)
    expect(slept).toMatchObject({ ms: NOON + 10 * HOUR, clock: 'wall' })
    expect(Date.parse(slept.told)).toBe(clock.wallMs)
  })

  it('goes by the phone’s clock after a restart, never before the last redemption', () => {
    clock.restart()
    clock.wallMs = NOON + 9 * HOUR
    expect(momentAt(clock, anchor)).toMatchObject({ ms: NOON + 2 * HOUR, clock: 'wall' })
    clock.wallMs = 0 // a flat battery
    expect(momentAt(clock, anchor).ms).toBe(NOON)
    expect(momentAt(clock, anchor, NOON + 3 * HOUR).ms).toBe(NOON + 3 * HOUR)
    expect(momentAt(clock, null).clock).toBe('wall')
  })

  it('makes no lease longer for a clock that is set back', async () => {
    clock.restart()
    clock.pass(23 * HOUR)
    await redeem(1)
    clock.wallMs -= 48 * HOUR
    clock.pass(HOUR)
    expect((await till.book()).nowMs).toBe(NOON + 23 * HOUR)
  })
})

describe('the till', () => {
  it('makes one redemption of two taps, and of two windows', async () => {
    const code = read(await press.print(1)) as NonNullable<ReturnType<typeof read>>
    const id = crypto.randomUUID()
    const other = new Till(clock, 'Quầy 1')
    const made = await Promise.all([till.redeem(id, code, NOTHING), other.redeem(id, code, NOTHING)])
    expect(made[0]).toEqual(made[1])
    const more = await Promise.all([redeem(2), redeem(2, other)])
    expect(more.sort()[1]).toBe('used')
    expect(await owed()).toBe(2)
    expect((await till.book()).leases.map((one) => one.spent)).toEqual([2])
  })

  it('has what it said it has after the page died', async () => {
    const id = await redeem(1)
    await till.disk.close()
    clock.restart()
    expect((await new Till(clock, 'Quầy 1').book()).redemptions).toMatchObject([{ id, clock: 'anchored' }])
  })

  it('says no when the disk is full, and has redeemed nothing', async () => {
    const real = IDBObjectStore.prototype.add
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    await expect(redeem(1)).rejects.toThrow('full')
    IDBObjectStore.prototype.add = real
    expect(await owed()).toBe(0)
    expect((await till.book()).leases[0]?.spent).toBe(0)
    expect(await redeem(1)).toMatch(/-/)
  })

  it('leaves nothing behind that has no answer', async () => {
    await redeem(1)
    expect(await till.leave()).toBe(false)
    await till.giveBack()
    expect(await redeem(2)).toBe('no_lease')
    await flush(till, office.send)
    expect(office.leases.map((one) => one.state)).toEqual(['returned'])
    expect(await till.leave()).toBe(true)
    expect(await till.book()).toMatchObject({ account: null, redemptions: [], runs: [] })
  })

  it('lets go after a week of what was answered and belongs to no run any more', async () => {
    await redeem(1)
    await till.fail('altered', 'x')
    await flush(till, office.send)
    pass(8 * 24 * HOUR)
    await flush(till, office.send)
    expect((await till.book()).redemptions).toHaveLength(1)
    expect((await till.book()).failures).toHaveLength(0)
    await flush(till, async (...said) => ({ ...(await office.send(...said)), runs: [] }))
    expect((await till.book()).redemptions).toHaveLength(0)
  })
})

describe('sending', () => {
  it('asks for a lease as soon as there is a run, and only when half is gone again', async () => {
    expect(office.leases).toMatchObject([{ granted: 20, state: 'held' }])
    for (let serial = 1; serial <= 9; serial++) await redeem(serial)
    await flush(till, office.send)
    expect(office.leases).toHaveLength(1)
    await redeem(10)
    await flush(till, office.send)
    expect(office.leases).toHaveLength(2)
  })

  it('is granted once what it asks for twice, and is counted once', async () => {
    await tell({ quota: 200 })
    browser.newDisk()
    till = await counterOf('Quầy 2')
    const lose = async (said: Envelope, token: string) => {
      await office.send(said, token)
      throw new TypeError('Failed to fetch')
    }
    await flush(till, office.send)
    for (let serial = 1; serial <= 12; serial++) await redeem(serial)
    const before = office.leases.length
    for (let tries = 0; tries < 3; tries++) expect(await flush(till, lose)).toBe('later')
    expect(await owed()).toBe(12)
    expect(await flush(till, office.send)).toBe('sent')
    expect(office.leases).toHaveLength(before + 1)
    expect(await owed()).toBe(0)
    expect(office.counted.size).toBe(12)
    expect((await till.book()).leases.map((one) => one.spent).sort()).toEqual([0, 12])
  })

  it('counts a code once of two counters that were both without a line, and tells both', async () => {
    const other = await counterOf('Quầy 2')
    await flush(other, office.send)
    await redeem(5)
    await redeem(5, other)
    await flush(till, office.send)
    await flush(other, office.send)
    expect([await outcomes(), await outcomes(other)]).toEqual([['accepted'], ['double']])
    expect(await redeem(5, other)).toBe('used')
    expect((await till.book()).redemptions[0]?.tried).toBeUndefined() // it has not asked since
    for (const _ of [1, 2]) {
      await flush(till, office.send)
      const [row] = (await till.book()).redemptions
      expect(row).toMatchObject({ outcome: { outcome: 'accepted' }, tried: [{ counter: 'Quầy 2', atMs: NOON }] })
    }
    expect((await other.book()).redemptions[0]?.tried).toBeUndefined()
    office.doubles = [] // some days later
    await flush(till, office.send)
    expect((await till.book()).redemptions[0]).not.toHaveProperty('tried')
  })

  it('takes a redemption back on its day, and the code may be used here again', async () => {
    const id = await redeem(5)
    await flush(till, office.send)
    expect(await till.reverse(id, 'Khách đổi ý')).toBe(true)
    expect(await till.reverse(id, 'Khách đổi ý')).toBe(false)
    const again = await redeem(5)
    expect(again).toMatch(/-/)
    for (let serial = 6; serial <= 14; serial++) await redeem(serial)
    const seen: Envelope[] = []
    await flush(till, (said, token) => {
      seen.push(said)
      return office.send(said, token)
    })
    // The second use waits for the reversal, and what is asked for waits for both.
    expect(seen.map((said) => [said.redemptions.length, said.reversals.length, said.want.length])).toEqual([
      [9, 1, 0],
      [1, 0, 1],
    ])
    expect(await outcomes()).toEqual(Array(11).fill('accepted'))
    expect(office.counted.get(5)).toBe(again)
    pass(20 * HOUR)
    expect(await till.reverse(again, 'Hôm sau')).toBe(false)
  })

  it('gives back what is over, once all of it was answered', async () => {
    await redeem(1)
    pass(25 * HOUR)
    const seen: Envelope[] = []
    await flush(till, (said, token) => {
      seen.push(said)
      return office.send(said, token)
    })
    expect(seen[0]?.returns).toEqual([]) // a redemption under it is on its way
    expect(seen[1]?.returns).toEqual([{ lease: office.leases[0]?.id, spent: 1 }])
    expect((await till.book()).leases.map((one) => [one.state, one.spent]).sort()).toEqual([
      ['held', 0],
      ['returned', 1],
    ])
  })

  it('goes in batches that the server takes, around what it will not take', async () => {
    await tell({ quota: 1000 })
    for (let n = 0; n < 230; n++) await till.fail('altered', `code ${n}`)
    const sizes: number[] = []
    const choosy = async (said: Envelope, token: string) => {
      sizes.push(said.failures.length)
      if (JSON.stringify(said).includes('code 3"')) throw new Refused(413, { code: 'body.too_large', message: '' })
      return office.send(said, token)
    }
    expect(await flush(till, choosy)).toBe('stuck')
    expect(Math.max(...sizes)).toBe(200)
    const left = (await till.book()).failures.filter((one) => !one.outcome)
    expect(left.map((one) => one.text)).toEqual(['code 3'])
  })

  it('stops when the server knows its token no more, and keeps what is not sent', async () => {
    browser.newDisk()
    till = await counterOf('gone')
    await till.fail('altered', 'x')
    expect(await flush(till, office.send)).toBe('barred')
    const asks = office.asks
    expect(await flush(till, office.send)).toBe('barred')
    expect(office.asks).toBe(asks)
    expect(await till.leave()).toBe(false)
    expect((await till.book()).account?.barred?.code).toBe('key.unknown')
  })

  it('tells a page of another version apart from a line that is down', async () => {
    const no = (status: number) => async (): Promise<never> => {
      throw new Refused(status, { code: 'x', message: '' })
    }
    expect(await flush(till, no(422))).toBe('outdated')
    expect(await flush(till, no(503))).toBe('later')
  })
})

describe('small parts', () => {
  it('counts bits from the least significant', () => {
    const bitmap = btoa(String.fromCharCode(0b00000101, 0b10000000))
    expect([1, 2, 3, 8, 9, 16, 17, 500].map((serial) => bitOf(bitmap, serial))).toEqual([
      ...[true, false, true, false, false, true, false, false],
    ])
  })

  it('asks for nothing where nothing is left, and never for what would end at once', () => {
    const run = runOf(press, { left: 0 })
    const known = { leases: [] as Lease[], redemptions: [] as Redemption[], nowMs: NOON }
    expect(wanted({ ...known, runs: [run] })).toEqual([])
    expect(wanted({ ...known, runs: [runOf(press, { left: 3 })] })).toEqual([{ run: RUN, count: 3 }])
    expect(wanted({ ...known, runs: [runOf(press, { state: 'closed' })] })).toEqual([])
    expect(wanted({ ...known, runs: [runOf(press, { starts_on: '2023-10-12' })] })).toEqual([])
    expect(wanted({ ...known, runs: [runOf(press)], nowMs: NOON + 30 * 24 * HOUR })).toEqual([])
  })
})
