/** Random days of a phone: whatever is lost on the way, a saved record is received once or still on the phone. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Outbox } from '../src/outbox/outbox'
import { verified } from '../src/outbox/receipt'
import type { Account, Answer } from '../src/outbox/rules'
import { type Envelope, flush } from '../src/outbox/sync'
import { Locked } from '../src/outbox/vault'
import { ANSWERS, CODE, draft, FORM, ModelServer, newDisk, OWNER, phoneOf, TestClock } from './phone'

type Line = 'good' | 'down' | 'answer lost' | 'twice' | 'late twice' | 'false receipt'
type Step =
  | { do: 'edit'; service: string }
  | { do: 'save' }
  | { do: 'save and die'; after: number }
  | { do: 'save again' }
  | { do: 'sync'; line: Line; crash: boolean }
  | { do: 'refuse next' }
  | { do: 'welcome all' }
  | { do: 'crash' }
  | { do: 'disk fails' }
  | { do: 'clock'; ms: number }
  | { do: 'server forgets' }
  | { do: 'lock' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('edit' as const), service: fc.constantFrom('vietqr', 'bank_app', 'a<&">') }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('save' as const) }) },
  fc.record({ do: fc.constant('save and die' as const), after: fc.nat(12) }),
  fc.record({ do: fc.constant('save again' as const) }),
  fc.record({
    do: fc.constant('sync' as const),
    line: fc.constantFrom<Line>('good', 'down', 'answer lost', 'twice', 'late twice', 'false receipt'),
    crash: fc.boolean(),
  }),
  fc.record({ do: fc.constantFrom('refuse next' as const, 'welcome all' as const, 'crash' as const) }),
  fc.record({ do: fc.constantFrom('disk fails' as const, 'server forgets' as const, 'lock' as const) }),
  fc.record({ do: fc.constant('clock' as const), ms: fc.constantFrom(-1e12, 60_000, 8 * 24 * 3600 * 1000) }),
)

class Day {
  server = new ModelServer()
  clock = new TestClock()
  saved = new Set<string>()
  forgotten = new Set<string>()
  everReceived = new Set<string>()
  open = draft()
  last: ReturnType<typeof draft> | null = null
  #late: Envelope[] = []

  constructor(public phone: Outbox) {}

  async take(one: Step): Promise<void> {
    switch (one.do) {
      case 'edit':
        this.open.answers.service = one.service
        return this.phone.keepDraft(structuredClone(this.open))
      case 'save':
        return this.#save(null)
      case 'save and die':
        return this.#save(one.after)
      case 'save again':
        if (this.last) await this.phone.save(this.last, { ...ANSWERS, ...this.last.answers }, FORM)
        return
      case 'sync':
        await flush(this.phone, await this.#account(), this.#line(one.line), '1').catch(() => undefined)
        return one.crash ? this.#restart() : undefined
      case 'refuse next':
        this.server.unwelcome.add(this.open.id)
        return
      case 'welcome all':
        this.server.unwelcome.clear()
        for (const row of await this.phone.records(OWNER)) await this.phone.sendAgain(row)
        return
      case 'crash':
        return this.#restart()
      case 'disk fails':
        return this.#failingDisk()
      case 'clock':
        this.clock.wallMs += one.ms
        this.server.clock += Math.abs(one.ms) % 1e9
        return
      case 'server forgets': {
        // A server restored from a copy of a moment before: what the phone no longer holds must not be among it.
        const kept = await this.phone.records(OWNER)
        const lost = kept.find((row) => row.state === 'received' && row.recalls < 3)
        if (lost) this.server.taken.delete(lost.id)
        return
      }
      case 'lock': {
        const counts = await this.phone.counts(OWNER)
        await this.phone.lock(OWNER)
        expect(await this.phone.counts(OWNER)).toEqual(counts)
        if (counts.kept > 0) await expect(this.phone.records(OWNER)).rejects.toThrow(Locked)
        return enter(this.phone)
      }
    }
  }

  async #account(): Promise<Account> {
    return (await this.phone.account(OWNER)) as Account
  }

  /** Save; or let the page die some turns after the tap: the record is then there or not, but whole and never twice. */
  async #save(dieAfter: number | null): Promise<void> {
    const tapped = structuredClone(this.open)
    const saving = this.phone.save(tapped, { ...ANSWERS, ...tapped.answers }, FORM).then(
      () => this.saved.add(tapped.id),
      (error: unknown) => {
        if (dieAfter === null) throw error
      },
    )
    if (dieAfter === null) await saving
    else {
      for (let turn = 0; turn < dieAfter; turn++) await new Promise((resolve) => setImmediate(resolve))
      await this.#restart()
    }
    this.last = tapped
    this.open = draft()
  }

  async #failingDisk(): Promise<void> {
    const real = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    const tapped = structuredClone(this.open)
    await expect(this.phone.save(tapped, { ...ANSWERS, ...tapped.answers }, FORM)).rejects.toThrow()
    await flush(this.phone, await this.#account(), this.server.receive, '1').catch(() => undefined)
    IDBObjectStore.prototype.put = real
  }

  async #restart(): Promise<void> {
    const { database } = this.phone
    database.read = () => Promise.reject(new Error('the page is dead'))
    await database.close()
    this.clock.origin = crypto.randomUUID()
    this.clock.monoMs = 0
    this.phone = await phoneOf(this.server, this.clock)
    await enter(this.phone)
  }

  #line(line: Line): (envelope: Envelope) => Promise<Answer> {
    return async (envelope) => {
      for (const old of this.#late.splice(0)) await this.server.receive(old)
      if (line === 'down') throw new TypeError('Failed to fetch')
      if (line === 'twice') await this.server.receive(envelope)
      if (line === 'late twice') this.#late.push(envelope)
      if (line === 'false receipt') this.server.spoil = (compact) => `${compact.slice(0, -4)}AAAA`
      const answer = await this.server.receive(envelope)
      this.server.spoil = (compact) => compact
      if (line === 'answer lost') throw new TypeError('Failed to fetch')
      return answer
    }
  }

  /** What must hold at every moment. */
  async check(): Promise<void> {
    const key = await this.server.receiptKey()
    const saved = [...this.saved]
    const rows = new Map((await this.phone.records(OWNER)).map((row) => [row.id, row]))
    expect(new Set([...rows.values()].map((row) => row.seq)).size).toBe(rows.size)
    for (const row of rows.values()) {
      if (row.state === 'received') expect(await verified(row.receipt, [key], row)).not.toBeNull()
    }
    for (const id of saved) {
      const here = rows.get(id)
      if (!here) expect(this.server.taken.has(id)).toBe(true)
      if (this.server.taken.has(id) && here) expect(this.server.taken.get(id)?.sha256).toBe(here.sha256)
    }
  }

  /** With a good line at last, every record that may be taken is there, once, and signed for. */
  async end(): Promise<void> {
    await this.take({ do: 'welcome all' })
    await this.take({ do: 'sync', line: 'good', crash: false })
    await this.phone.save(draft(), ANSWERS, FORM) // an answer tells of gaps
    await this.take({ do: 'sync', line: 'good', crash: false })
    await this.check()
    for (const id of this.saved) expect(this.server.taken.has(id)).toBe(true)
    for (const row of await this.phone.records(OWNER)) expect(row.state).toBe('received')
    expect(this.server.taken.size).toBeLessThanOrEqual((await this.#account()).lastSeq)
  }
}

/** Type the code, as one does when the hours are over or the clock has jumped. */
async function enter(phone: Outbox): Promise<void> {
  expect(await phone.vault.unlock((await phone.account(OWNER)) as Account, CODE)).toBe(true)
}

const RUNS = Number(process.env.FIELD_RUNS ?? 150)

it('never loses a record and never calls one received without a receipt', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      newDisk()
      const server = new ModelServer()
      const clock = new TestClock()
      const day = new Day(await phoneOf(server, clock))
      Object.assign(day, { server, clock })
      for (const one of steps) {
        await day.take(one)
        await day.check()
      }
      await day.end()
    }),
    { numRuns: RUNS },
  )
})
