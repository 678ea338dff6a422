/** Carries what the counter did to the server and brings back the answers, its leases and its runs; any step may fail. */
import { Refused } from '../line'
import { isoWithOffset } from '../outbox/clock'
import { type Failure, type Redemption, type Reversal, returns, sendable, wanted } from './rules'
import type { Answer, Asked, Book, Till } from './till'

export interface Envelope {
  request_id: string
  sent_at: string
  redemptions: object[]
  failures: object[]
  reversals: object[]
  returns: { lease: string; spent: number }[]
  want: { run: string; count: number }[]
}

/** Bring an envelope to the server; throws `Refused` on a no, anything else when no answer came. */
export type Send = (envelope: Envelope, token: string) => Promise<Answer>

/** `stuck`: something cannot be taken as it is. `barred`: the token is taken no more. `outdated`: other versions. */
export type Outcome = 'sent' | 'later' | 'stuck' | 'barred' | 'outdated'

const MAX_ITEMS = 200
const TOO_MUCH = new Set([400, 413])

interface Batch {
  redemptions: Redemption[]
  failures: Failure[]
  reversals: Reversal[]
}

const rowsOf = ({ redemptions, failures, reversals }: Batch) => [...redemptions, ...failures, ...reversals]
const sizeOf = (batch: Batch) => rowsOf(batch).length

/** Send until nothing is left that could go now; at least once, since each answer brings what others have used. */
export async function flush(till: Till, send: Send): Promise<Outcome> {
  const tried = new Set<string>()
  let limit = MAX_ITEMS
  let stuck = false
  let mayAsk = true
  for (let isFirst = true; ; isFirst = false) {
    const book = await till.book()
    if (!book.account || book.account.barred) return 'barred'
    const batch = nextBatch(book, tried, limit)
    // What is still to be sent counts as held there: asked for before it, less would be granted.
    const isRest = book.redemptions.every((one) => one.outcome || tried.has(one.id) || batch.redemptions.includes(one))
    const asked = mayAsk && isRest && !book.resting ? await askedFor(till, book) : null
    const back = returns(book).filter((one) => !tried.has(one.lease))
    if (sizeOf(batch) === 0 && back.length === 0 && !asked && !isFirst) return stuck ? 'stuck' : 'sent'
    try {
      await carry(till, book, batch, back, asked, send)
      for (const { id } of rowsOf(batch)) tried.add(id)
      for (const { lease } of back) tried.add(lease)
      if (asked) mayAsk = false
    } catch (error) {
      if (!(error instanceof Refused)) return 'later'
      if (error.status === 401) {
        await till.bar(error.reason)
        return 'barred'
      }
      if (error.status === 422) return 'outdated'
      const size = sizeOf(batch)
      if (!TOO_MUCH.has(error.status) || size === 0) return 'later'
      // One bad row must not hold the others back: halve until it stands alone, then step over it.
      for (const { id } of size === 1 ? rowsOf(batch) : []) tried.add(id)
      stuck ||= size === 1
      limit = size === 1 ? MAX_ITEMS : Math.ceil(Math.min(limit, size) / 2)
    }
  }
}

/** Choose what goes now: uses first, then what they are needed for. */
function nextBatch(book: Book, tried: ReadonlySet<string>, limit: number): Batch {
  const fresh = <T extends { id: string }>(rows: T[]) => rows.filter((one) => !tried.has(one.id)).slice(0, limit)
  const redemptions = fresh(sendable(book.redemptions, book.reversals))
  if (redemptions.length === limit) return { redemptions, failures: [], reversals: [] }
  const known = new Set(book.redemptions.filter((one) => one.outcome).map((one) => one.id))
  const gone = new Set([...known, ...redemptions.map((one) => one.id)])
  const reversals = fresh(book.reversals.filter((one) => !one.outcome && gone.has(one.redemption)))
  const room = Math.max(0, limit - redemptions.length - reversals.length)
  const failures = fresh(book.failures.filter((one) => !one.outcome)).slice(0, room)
  return { redemptions, failures, reversals: reversals.slice(0, limit - redemptions.length) }
}

/** Say what to ask for: what was asked before without an answer, else what is wanted now, noted before it goes. */
async function askedFor(till: Till, book: Book): Promise<Asked | null> {
  if (book.asked) return book.asked
  const want = wanted(book)
  if (want.length === 0) return null
  const asked = { id: crypto.randomUUID(), want }
  // On a full disk nothing is asked for: what cannot be noted could be granted twice.
  return till.setMeta('asked', asked).then(
    () => asked,
    () => null,
  )
}

async function carry(
  till: Till,
  book: Book,
  batch: Batch,
  back: Envelope['returns'],
  asked: Asked | null,
  send: Send,
): Promise<void> {
  const { clock } = till
  const askedAt = clock.mono()
  const envelope = {
    request_id: asked?.id ?? crypto.randomUUID(),
    sent_at: isoWithOffset(clock.wall()),
    redemptions: batch.redemptions.map(said),
    failures: batch.failures.map(({ id, reason, text, told }) => ({ id, reason, code: text, failed_at: told })),
    reversals: batch.reversals.map(({ id, redemption, reason, told }) => {
      return { id, redemption, reason, reversed_at: told }
    }),
    returns: back,
    want: asked?.want ?? [],
  }
  const answer = await send(envelope, book.account?.token ?? '')
  await till.settle(answer, askedAt, asked)
}

function said({ id, run, lease, text, told, clock, card, amount }: Redemption): object {
  const more = { ...(card !== null && { card }), ...(amount !== null && { amount }) }
  return { id, run, lease, code: text, redeemed_at: told, clock, ...more }
}
