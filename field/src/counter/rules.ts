/** What a counter may redeem by itself, as pure functions: nothing here asks the line, the disk or the clock. */
import { localDay } from '../outbox/clock'
import type { Code } from './code'

export interface Run {
  id: string
  title: { vi: string; en?: string }
  offer: string
  starts_on: string
  ends_on: string
  state: 'open' | 'suspended' | 'closed'
  /** SPKI in base64. */
  public_key: string
  quota: number
  left: number
  per_card: number | null
  per_counter_day: number | null
  /** Used serials in base64: bit (serial - 1), the least significant first. */
  used: string
}

/** A lease as the server tells it. */
export interface ToldLease {
  id: string
  run: string
  granted: number
  expires_at: string
  state: 'held' | 'returned' | 'expired'
}

export interface Lease extends ToldLease {
  /** How many redemptions this counter ever made under it; those that were reversed too. */
  spent: number
  /** It is to be given back: nothing is redeemed under it any more. */
  isReturning: boolean
}

export interface Outcome {
  outcome: 'accepted' | 'refused' | 'kept'
  code: string
  message: string
}

interface Sent {
  id: string
  /** In the order in which this counter made them. */
  seq: number
  /** None while the server has not answered. */
  outcome: Outcome | null
}

export interface Redemption extends Sent {
  run: string
  serial: number
  lease: string
  text: string
  atMs: number
  /** The day in Viet Nam. */
  day: string
  clock: 'anchored' | 'wall'
  told: string
  card: string | null
  amount: number | null
  reversal: string | null
  /** The person has been told that the server did not count it. */
  isSeen?: boolean
  /** Where the same voucher was taken too, after the server had counted this one. */
  tried?: Tried[]
}

export interface Tried {
  counter: string
  atMs: number
}

export interface Failure extends Sent {
  reason: Reason
  text: string
  told: string
}

export interface Reversal extends Sent {
  redemption: string
  reason: string
  told: string
}

export type Reason =
  | 'altered'
  | 'other_run'
  | 'expired'
  | 'used'
  | 'not_begun'
  | 'no_lease'
  | 'lease_expired'
  | 'suspended'
  | 'card_limit'
  | 'counter_limit'
  | 'unreadable'

/** All that a counter knows as it looks at a voucher; `redemptions` are its own. */
export interface Known {
  runs: readonly Run[]
  leases: readonly Lease[]
  redemptions: readonly Redemption[]
  nowMs: number
}

export interface Refusal {
  reason: Reason
  run?: Run
  /** The use of the same voucher at this counter. */
  before?: Redemption
}

export interface Granted {
  run: Run
  lease: Lease
}

/** Redemptions of a run that stand: neither reversed nor refused by the server. */
const standing = (known: Known, run: string) =>
  known.redemptions.filter((one) => one.run === run && !one.reversal && one.outcome?.outcome !== 'refused')

/** Say whether a true code may be redeemed now: under which lease, or why not. */
export function judge(code: Code, known: Known, card: string | null = null): Granted | Refusal {
  const run = known.runs.find((one) => one.id === code.run)
  if (!run) return { reason: 'other_run' }
  const today = localDay(known.nowMs)
  if (today > code.endsOn || today > run.ends_on) return { reason: 'expired', run }
  if (today < run.starts_on) return { reason: 'not_begun', run }
  if (run.state !== 'open') return { reason: 'suspended', run }
  const before = standing(known, run.id).find((one) => one.serial === code.serial)
  if (before || isUsed(code, run, known, today)) return { reason: 'used', run, ...(before && { before }) }
  const limit = limitOf(run, known, card, today)
  if (limit) return { reason: limit, run }
  const lease = usable(run.id, known)
  return typeof lease === 'string' ? { reason: lease, run } : { run, lease }
}

/** Look into the run's used serials; what this counter used and took back today is free here, whatever they say. */
function isUsed(code: Code, run: Run, known: Known, today: string): boolean {
  const own = known.redemptions.filter((one) => one.run === run.id && one.serial === code.serial)
  if (own.some((one) => one.reversal && one.day !== today && one.outcome?.outcome !== 'refused')) return true
  if (own.some((one) => one.outcome?.code === 'double')) return true
  return !own.some((one) => one.reversal && one.day === today) && bitOf(run.used, code.serial)
}

export function bitOf(bitmap: string, serial: number): boolean {
  const byte = atob(bitmap).charCodeAt((serial - 1) >> 3)
  return ((byte >> ((serial - 1) & 7)) & 1) === 1
}

function limitOf(run: Run, known: Known, card: string | null, today: string): Reason | null {
  const all = standing(known, run.id)
  if (run.per_counter_day && all.filter((one) => one.day === today).length >= run.per_counter_day) {
    return 'counter_limit'
  }
  const shown = card ? all.filter((one) => one.card === card).length : 0
  return run.per_card && shown >= run.per_card ? 'card_limit' : null
}

export const leftOf = (lease: Lease) =>
  lease.state === 'held' && !lease.isReturning ? Math.max(0, lease.granted - lease.spent) : 0

export const isOver = (lease: Lease, nowMs: number) => nowMs >= Date.parse(lease.expires_at)

/** Choose the lease that ends first; what ended with vouchers left is told apart from none at all. */
function usable(run: string, known: Known): Lease | 'no_lease' | 'lease_expired' {
  const held = known.leases.filter((one) => one.run === run && leftOf(one) > 0)
  const open = held.filter((one) => !isOver(one, known.nowMs))
  const first = open.sort((one, other) => Date.parse(one.expires_at) - Date.parse(other.expires_at))[0]
  return first ?? (held.length > 0 ? 'lease_expired' : 'no_lease')
}

/** How much of a run may be redeemed without a line, and until when the last of it. */
export function offlineOf(run: string, { leases, nowMs }: Known): { count: number; untilMs: number } {
  const open = leases.filter((one) => one.run === run && !isOver(one, nowMs) && leftOf(one) > 0)
  const count = open.reduce((sum, one) => sum + leftOf(one), 0)
  return { count, untilMs: Math.max(0, ...open.map((one) => Date.parse(one.expires_at))) }
}

const LEAST = 20
const MOST = 200
/** What ends sooner is as good as gone. */
const SOON_MS = 2 * 3600_000
const DAY_MS = 24 * 3600_000

/** Say what to ask for while there is a line: for a day twice as busy as the last, once half of that is gone. */
export function wanted(known: Known): { run: string; count: number }[] {
  const { runs, redemptions, nowMs } = known
  return runs.flatMap((run) => {
    const isNear = localDay(nowMs + DAY_MS) >= run.starts_on && localDay(nowMs) <= run.ends_on
    if (run.state !== 'open' || !isNear) return []
    const lately = redemptions.filter((one) => one.run === run.id && one.atMs > nowMs - DAY_MS).length
    const aim = Math.min(MOST, Math.max(LEAST, 2 * lately))
    const { count: here } = offlineOf(run.id, { ...known, nowMs: nowMs + SOON_MS })
    const isLastDay = offlineOf(run.id, known).count >= aim && localDay(nowMs + SOON_MS) > run.ends_on
    const count = Math.min(aim - here, run.left)
    return here > aim / 2 || isLastDay || count <= 0 ? [] : [{ run: run.id, count }]
  })
}

/** Leases to give back: those that are asked back or over, once all that was redeemed under them has been answered. */
export function returns({ leases, redemptions, nowMs }: Known): { lease: string; spent: number }[] {
  const open = new Set(redemptions.filter((one) => !one.outcome).map((one) => one.lease))
  return leases
    .filter((one) => one.state === 'held' && (one.isReturning || isOver(one, nowMs)) && !open.has(one.id))
    .map((one) => ({ lease: one.id, spent: one.spent }))
}

/** Redemptions that may be sent: one whose voucher was taken back before waits until the server knows of that. */
export function sendable(redemptions: readonly Redemption[], reversals: readonly Reversal[]): Redemption[] {
  const unknown = new Set(reversals.filter((one) => !one.outcome).map((one) => one.redemption))
  return redemptions.filter(
    (one) =>
      !one.outcome &&
      !redemptions.some(
        (other) => other.run === one.run && other.serial === one.serial && other.seq < one.seq && unknown.has(other.id),
      ),
  )
}

/** A redemption may be taken back on its own day, where it stands. */
export const isReversible = (one: Redemption, nowMs: number) =>
  one.day === localDay(nowMs) && !one.reversal && one.outcome?.outcome !== 'refused'
