/** The counter's disk: its account, runs, leases, and what it redeemed, refused and took back until the server has it. */
import type { DBSchema } from 'idb'
import { anchorFrom, type Clock, type KeptAnchor, localDay } from '../outbox/clock'
import { Disk, type WriteTo } from '../outbox/disk'
import { type Code, isTrue, read } from './code'
import {
  type Failure,
  type Granted,
  isReversible,
  judge,
  type Known,
  type Lease,
  type Outcome,
  type Reason,
  type Redemption,
  type Refusal,
  type Reversal,
  type Run,
  type ToldLease,
} from './rules'
import { momentAt } from './time'

export interface Account {
  token: string
  counter: { id: string; name: string }
  enterprise: string
  /** The server takes this counter's token no more. */
  barred?: { code: string; message: string }
  /** It was taken back, as a phone that was lost: what it has done is still taken, it gets nothing more. */
  isWithdrawn?: boolean
}

export interface Settings {
  scale: number
  contrast: boolean
  language: 'vi' | 'en'
}

/** What was asked for and may have been granted: asked again in the same words, it is granted once. */
export interface Asked {
  id: string
  want: { run: string; count: number }[]
}

interface Meta {
  account: Account
  anchor: KeptAnchor
  lastSentMs: number
  settings: Settings
  asked: Asked
  seq: number
  /** Nothing is asked for: the counter has given back what it held. */
  resting: boolean
}

interface Schema extends DBSchema {
  runs: { key: string; value: Run }
  leases: { key: string; value: Lease }
  redemptions: { key: string; value: Redemption; indexes: { run: string } }
  failures: { key: string; value: Failure }
  reversals: { key: string; value: Reversal }
  meta: { key: string; value: unknown }
}

type Write = WriteTo<Schema>

/** All that the screens and the sending look at. */
export interface Book extends Known {
  account: Account | null
  anchor: KeptAnchor | null
  lastSentMs: number | null
  settings: Settings | null
  asked: Asked | null
  resting: boolean
  failures: Failure[]
  reversals: Reversal[]
}

export interface Answer {
  now: string
  outcomes: (Outcome & { id: string })[]
  leases: ToldLease[]
  runs: Run[]
  counter?: { id: string; name: string; withdrawn: boolean }
  /** Redemptions of this counter whose voucher another counter took too; told for some days. */
  doubles: { redemption: string; counter: string; redeemed_at: string }[]
}

export interface Extras {
  card: string | null
  amount: number | null
}

/** What is answered stays so long on this phone. */
const KEPT_MS = 7 * 24 * 3600_000
const STORES = ['runs', 'leases', 'redemptions', 'failures', 'reversals', 'meta'] as const
/** So much of a refused code is kept: it may be anything that a camera was held over. */
const FAILED_SIGNS = 60

export class Till {
  readonly disk: Disk<Schema>

  constructor(
    readonly clock: Clock,
    name = 'raquan-counter',
  ) {
    this.disk = new Disk<Schema>(name, 1, [...STORES], (db) => {
      for (const store of ['runs', 'leases', 'failures', 'reversals'] as const) {
        db.createObjectStore(store, { keyPath: 'id' })
      }
      db.createObjectStore('redemptions', { keyPath: 'id' }).createIndex('run', 'run')
      db.createObjectStore('meta')
    })
  }

  async book(): Promise<Book> {
    return this.disk.read(async (db) => {
      const tx = db.transaction([...STORES])
      const meta = <K extends keyof Meta>(key: K) => tx.objectStore('meta').get(key) as Promise<Meta[K] | undefined>
      const [runs, leases, redemptions, failures, reversals] = await Promise.all([
        tx.objectStore('runs').getAll(),
        tx.objectStore('leases').getAll(),
        tx.objectStore('redemptions').getAll(),
        tx.objectStore('failures').getAll(),
        tx.objectStore('reversals').getAll(),
      ])
      const [account, anchor, lastSentMs, settings, asked, resting = false] = await Promise.all([
        meta('account'),
        meta('anchor'),
        meta('lastSentMs'),
        meta('settings'),
        meta('asked'),
        meta('resting'),
      ])
      for (const rows of [redemptions, failures, reversals]) rows.sort((one, other) => one.seq - other.seq)
      const { ms: nowMs } = momentAt(this.clock, anchor ?? null, floorOf(redemptions))
      return {
        ...{ runs, leases, redemptions, failures, reversals, nowMs },
        ...{ account: account ?? null, anchor: anchor ?? null, lastSentMs: lastSentMs ?? null },
        ...{ settings: settings ?? null, asked: asked ?? null, resting },
      }
    })
  }

  setMeta<K extends keyof Meta>(key: K, value: Meta[K]): Promise<void> {
    return this.disk.write(async (tx) => {
      await tx.objectStore('meta').put(value, key)
    })
  }

  /** Begin as a counter; a phone that is one already keeps what it has. */
  async begin(account: Account, now: string, askedAt: number): Promise<void> {
    const anchor = anchorFrom(this.clock, now, askedAt)
    await this.disk.write(async (tx) => {
      await tx.objectStore('meta').put(account, 'account')
      await tx.objectStore('meta').put(anchor, 'anchor')
    })
  }

  /** Look at a code: whether it is true and may be redeemed now. Writes nothing. */
  async look(text: string, known?: Known): Promise<{ code: Code | null; verdict: Granted | Refusal }> {
    const code = read(text)
    if (!code) return { code, verdict: { reason: 'unreadable' } }
    const book = known ?? (await this.book())
    const run = book.runs.find((one) => one.id === code.run)
    if (run && !(await isTrue(code, run.public_key))) return { code, verdict: { reason: 'altered', run } }
    return { code, verdict: judge(code, book) }
  }

  /**
   * Redeem a code under an id that its screen has chosen; the promise is kept only when the disk has it. What became
   * of it meanwhile is judged anew in the same transaction; the same id again is the same redemption.
   */
  async redeem(id: string, code: Code, extras: Extras): Promise<Redemption | Refusal> {
    const { anchor, runs } = await this.book()
    const run = runs.find((one) => one.id === code.run)
    if (run && !(await isTrue(code, run.public_key))) return { reason: 'altered', run }
    return this.disk.write(async (tx) => {
      const rows = tx.objectStore('redemptions')
      const known = await rows.get(id)
      if (known) return known
      const redemptions = await rows.getAll()
      const at = momentAt(this.clock, anchor, floorOf(redemptions))
      const [runs, leases] = [await tx.objectStore('runs').getAll(), await tx.objectStore('leases').getAll()]
      const verdict = judge(code, { runs, leases, redemptions, nowMs: at.ms }, extras.card)
      if ('reason' in verdict) return verdict
      const made: Redemption = {
        ...{ id, seq: await nextSeq(tx), outcome: null, run: code.run, serial: code.serial, text: code.text },
        ...{ lease: verdict.lease.id, atMs: at.ms, day: localDay(at.ms), clock: at.clock, told: at.told },
        ...{ card: extras.card, amount: extras.amount, reversal: null },
      }
      await rows.add(made)
      await tx.objectStore('leases').put({ ...verdict.lease, spent: verdict.lease.spent + 1 })
      return made
    })
  }

  /** Keep that a code was refused here, and why. */
  async fail(reason: Reason, text: string): Promise<void> {
    const told = new Date((await this.book()).nowMs).toISOString()
    await this.disk.write(async (tx) => {
      const id = crypto.randomUUID()
      const row = { id, seq: await nextSeq(tx), outcome: null, reason, text: text.slice(0, FAILED_SIGNS), told }
      await tx.objectStore('failures').add(row)
    })
  }

  /** Take a redemption back, with a reason; false when it can be no more. */
  async reverse(redemption: string, reason: string): Promise<boolean> {
    const { nowMs } = await this.book()
    const told = new Date(nowMs).toISOString()
    return this.disk.write(async (tx) => {
      const row = await tx.objectStore('redemptions').get(redemption)
      if (!row || !isReversible(row, nowMs)) return false
      const id = crypto.randomUUID()
      await tx.objectStore('reversals').add({ id, seq: await nextSeq(tx), outcome: null, redemption, reason, told })
      await tx.objectStore('redemptions').put({ ...row, reversal: id })
      return true
    })
  }

  /** Let no more be redeemed under any lease: they go back with the next sending, and no other is asked for. */
  async giveBack(): Promise<void> {
    await this.disk.write(async (tx) => {
      await tx.objectStore('meta').put(true, 'resting')
      const leases = tx.objectStore('leases')
      for (const lease of await leases.getAll()) await leases.put({ ...lease, isReturning: true })
    })
  }

  /** Take in an answer, all of it or nothing. */
  async settle(answer: Answer, askedAt: number, asked: Asked | null): Promise<void> {
    const anchor = anchorFrom(this.clock, answer.now, askedAt)
    const now = Date.parse(answer.now)
    await this.disk.write(async (tx) => {
      for (const { id, outcome, code, message } of answer.outcomes) await note(tx, id, { outcome, code, message })
      await learn(tx, answer)
      await mark(tx, answer)
      await clear(tx, now)
      const meta = tx.objectStore('meta')
      if (asked) await meta.delete('asked')
      const account = (await meta.get('account')) as Account | undefined
      if (account && answer.counter) await meta.put({ ...account, isWithdrawn: answer.counter.withdrawn }, 'account')
      await meta.put(anchor, 'anchor')
      await meta.put(this.clock.wall(), 'lastSentMs')
    })
  }

  async bar(reason: { code: string; message: string }): Promise<void> {
    await this.disk.write(async (tx) => {
      const account = (await tx.objectStore('meta').get('account')) as Account | undefined
      if (account) await tx.objectStore('meta').put({ ...account, barred: reason }, 'account')
    })
  }

  /** Note that the person has seen which redemptions the server did not count. */
  async seen(): Promise<void> {
    await this.disk.write(async (tx) => {
      const rows = tx.objectStore('redemptions')
      for (const row of await rows.getAll()) {
        if (row.outcome?.outcome === 'refused' && !row.isSeen) await rows.put({ ...row, isSeen: true })
      }
    })
  }

  /** Ask for vouchers again after they were given back. */
  async resume(): Promise<void> {
    await this.setMeta('resting', false)
  }

  /** Be no counter any more; false while anything here has no answer. */
  leave(): Promise<boolean> {
    return this.disk.write(async (tx) => {
      for (const name of ['redemptions', 'failures', 'reversals'] as const) {
        if ((await tx.objectStore(name).getAll()).some((one) => !one.outcome)) return false
      }
      for (const name of STORES) if (name !== 'meta') await tx.objectStore(name).clear()
      for (const key of ['account', 'anchor', 'lastSentMs', 'asked', 'resting'])
        await tx.objectStore('meta').delete(key)
      return true
    })
  }
}

/** No time is before the last redemption. */
const floorOf = (redemptions: readonly Redemption[]) => Math.max(0, ...redemptions.map((one) => one.atMs))

async function nextSeq(tx: Write): Promise<number> {
  const seq = (((await tx.objectStore('meta').get('seq')) as number | undefined) ?? 0) + 1
  await tx.objectStore('meta').put(seq, 'seq')
  return seq
}

async function note(tx: Write, id: string, outcome: Outcome): Promise<void> {
  for (const name of ['redemptions', 'failures', 'reversals'] as const) {
    const store = tx.objectStore(name)
    const row = await store.get(id)
    if (row) await store.put({ ...row, outcome } as never)
  }
  const reversal = await tx.objectStore('reversals').get(id)
  const redemption = reversal && (await tx.objectStore('redemptions').get(reversal.redemption))
  if (redemption && outcome.outcome === 'refused') {
    await tx.objectStore('redemptions').put({ ...redemption, reversal: null }) // it stands, whatever was tried
  }
}

/** Take over the runs and leases that the server tells; what this counter has spent under a lease it knows best. */
async function learn(tx: Write, { runs, leases }: Answer): Promise<void> {
  await tx.objectStore('runs').clear()
  for (const run of runs) await tx.objectStore('runs').put(run)
  const store = tx.objectStore('leases')
  const before = new Map((await store.getAll()).map((one) => [one.id, one]))
  await store.clear()
  for (const lease of leases) {
    const { spent = 0, isReturning = false } = before.get(lease.id) ?? {}
    await store.put({ ...lease, spent, isReturning })
  }
}

/** Note where vouchers that were counted here were taken too, as the server tells it now. */
async function mark(tx: Write, { doubles }: Answer): Promise<void> {
  const store = tx.objectStore('redemptions')
  for (const { tried: before, ...row } of await store.getAll()) {
    const told = doubles.filter((one) => one.redemption === row.id)
    const tried = told.map((one) => ({ counter: one.counter, atMs: Date.parse(one.redeemed_at) }))
    if (tried.length > 0) await store.put({ ...row, tried })
    else if (before) await store.put(row)
  }
}

/** Let go of what was answered long ago; a use of a run that goes on stays, so that its voucher is known here. */
async function clear(tx: Write, now: number): Promise<void> {
  const running = new Set(await tx.objectStore('runs').getAllKeys())
  const redemptions = tx.objectStore('redemptions')
  for (const row of await redemptions.getAll()) {
    if (row.outcome && row.atMs < now - KEPT_MS && !running.has(row.run)) await redemptions.delete(row.id)
  }
  for (const name of ['failures', 'reversals'] as const) {
    const store = tx.objectStore(name)
    for (const row of await store.getAll()) {
      if (row.outcome && Date.parse(row.told) < now - KEPT_MS) await store.delete(row.id)
    }
  }
}
