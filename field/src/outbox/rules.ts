/** The life of a record on the phone, as pure functions: what each word of the server does to it. */
import type { Stamp } from './clock'
import type { PublicKey, Receipt } from './receipt'
import type { Bytes, Lock } from './vault'
import type { Answers } from './xml'

/**
 * saved → sent → received, or → returned; a failed sending leads back to saved.
 * `saved`: safe on this phone. `sent`: on its way, no answer yet. `received`: the server's signed receipt is here.
 * `returned`: the server will not take it, and says why.
 */
export type State = 'saved' | 'sent' | 'received' | 'returned'

export interface Reason {
  code: string
  message: string
}

/** What a record says, as far as it is nobody else's business. */
export interface Body {
  payload: string
  clock: Stamp
  answers: Answers
}

/** Where a record stands: readable while its account is locked, so that it can be counted. */
export interface Standing {
  id: string
  /** The account on this phone that made it. */
  owner: string
  seq: number
  state: State
  sha256: string
  /** The form that it answers, where that is not the assist's own. */
  form?: FormName
  /** The record that this one corrects. */
  replaces: string | null
  attempts: number
  /** What hindered the last sending. */
  trouble: Reason | null
  reason: Reason | null
  receipt: string | null
  receivedAt: string | null
  /** The server's time of the answer that brought the receipt: the seven days run on the server's clock. */
  acknowledged: string | null
  /** How often the server has asked again for what it had acknowledged. */
  recalls: number
  /** The record that was made anew after this one had been returned. */
  remadeAs: string | null
}

/** A form in one of its versions. */
export interface FormName {
  id: string
  version: string
  title: string
}
export type Row = Standing & Body
/** A record on the disk: sealed, or as it is while no code locks its account yet. */
export type KeptRow = Standing & ({ sealed: Bytes } | Body)

export interface Draft {
  owner: string
  /** One draft an outing, and one a record that is being corrected. */
  place: string
  /** The record's id to be: a draft saved twice is one record. */
  id: string
  started: string
  answers: Partial<Answers>
  /** A record that the server has: this one corrects it. */
  replaces: string | null
  /** A record that the server returned: this one is made in its place. */
  remakes: string | null
}

export type KeptDraft = Draft | (Pick<Draft, 'owner' | 'place' | 'id'> & { sealed: Bytes })

/** What a draft will do to earlier records, if anything. */
export type Link = Pick<Draft, 'replaces' | 'remakes'>

/**
 * Tell what a draft does to earlier records as they stand by now: it corrects the newest version that may reach the
 * server, or takes the place of a record that came back. A person who was met once is never recorded twice by this.
 */
export function linked({ replaces, remakes }: Link, rows: readonly Standing[]): Link {
  const known = new Map(rows.map((row) => [row.id, row]))
  const seen = new Set<string>()
  let id = remakes ?? replaces
  let cameBack: string | null = null
  while (id && !seen.has(id)) {
    seen.add(id)
    const row = known.get(id)
    if (row?.state !== 'returned') {
      const newer = rows.find((one) => one.replaces === id && one.state !== 'returned')
      if (!newer) return { replaces: id, remakes: cameBack }
      id = newer.id
    } else if (row.remadeAs) {
      id = row.remadeAs
    } else {
      cameBack = row.id
      if (!row.replaces) return { replaces: null, remakes: cameBack }
      id = row.replaces // a correction that came back: what it was to correct still is
    }
  }
  return { replaces: id, remakes: cameBack }
}

/** A data key that the server alone can open, and gives back to its person only. */
export interface Spare {
  kid: string
  client_id: string
  epk: string
  sealed: string
}

/** One who records on this phone. */
export interface Account {
  clientId: string
  /** What it sends with: sealed, or as it is while no code locks the account yet. */
  key: string | Bytes
  /** None in accounts of before there were locks. */
  lock?: Lock | undefined
  device: { id: string; number: number; label: string }
  person: { id: string; name: string }
  validUntil: string
  receiptKeys: PublicKey[]
  /** What bundles are sealed for, as last heard. */
  bundleKey?: PublicKey | undefined
  /** The data key once more, for whoever has lost the code and got a new one. */
  spare?: Spare | undefined
  lastSeq: number
  /** Why the server no longer takes this account's key, or null. */
  barred: Reason | null
}

export interface Verdict {
  id: string
  outcome: string
  code: string | null
  message: string | null
  receipt: string | null
}

export interface Answer {
  schema: number
  server_time: string
  verdicts: Verdict[]
  last_seq: number
  gaps: [number, number][]
}

export const KEPT_MS = 7 * 24 * 3600 * 1000
export const MAX_ITEMS = 50
export const MAX_BYTES = 900_000
const MAX_RECALLS = 3
/** Said of bytes that were hurt on the way: the next sending may bring them whole. */
const HURT = 'item.damaged'

export const isPending = (row: Pick<Standing, 'state'>) => row.state === 'saved' || row.state === 'sent'

/** Tell what becomes of a record by a verdict; `receipt` is given only when it was verified. */
export function settled<Kept extends Standing>(
  row: Kept,
  verdict: Verdict,
  receipt: Receipt | null,
  serverTime: string,
): Kept {
  if (row.state === 'received') return row // its receipt says more than any later word
  const taken = verdict.outcome === 'accepted' || verdict.outcome === 'duplicate'
  if (taken && receipt && verdict.receipt) {
    const acknowledgement = { receipt: verdict.receipt, receivedAt: receipt.received_at, acknowledged: serverTime }
    return { ...row, ...acknowledgement, state: 'received', reason: null, trouble: null }
  }
  if (taken) return { ...row, state: 'sent', trouble: { code: 'receipt.unverified', message: '' } }
  if (verdict.outcome === 'refused' || verdict.outcome === 'conflict') {
    const reason = { code: verdict.code ?? verdict.outcome, message: verdict.message ?? '' }
    if (reason.code === HURT) return { ...row, state: 'saved', trouble: reason }
    return { ...row, state: 'returned', reason, trouble: null }
  }
  return { ...row, state: 'saved', trouble: { code: 'verdict.unknown', message: verdict.message ?? '' } }
}

/** Send again what was acknowledged and yet is missing there, a few times at most. */
export function recalled<Kept extends Standing>(row: Kept, answer: Pick<Answer, 'last_seq' | 'gaps'>): Kept {
  const missing = row.seq > answer.last_seq || answer.gaps.some(([first, last]) => first <= row.seq && row.seq <= last)
  if (row.state !== 'received' || !missing || row.recalls >= MAX_RECALLS) return row
  return { ...row, state: 'saved', recalls: row.recalls + 1 }
}

/** Tell whether a record may leave the phone: acknowledged, and seven days of the server's clock ago. */
export function isPast(row: Standing, serverTime: string): boolean {
  if (row.state !== 'received' || !row.acknowledged) return false
  return Date.parse(serverTime) - Date.parse(row.acknowledged) >= KEPT_MS
}

/**
 * Choose what goes together: the untroubled first, in their order, within the server's limits.
 * `stepped` are those that were tried alone in vain; a correction waits until the record that it corrects is there.
 */
export function nextBatch(
  rows: readonly Row[],
  stepped: ReadonlySet<string> = new Set(),
  maxItems = MAX_ITEMS,
  maxBytes = MAX_BYTES,
): Row[] {
  const pending = new Set(rows.map((row) => row.id))
  const free = rows.filter((row) => !stepped.has(row.id) && !(row.replaces && pending.has(row.replaces)))
  const order = free.sort((a, b) => Number(!!a.trouble) - Number(!!b.trouble) || a.seq - b.seq)
  const batch: Row[] = []
  let size = 0
  for (const row of order) {
    size += row.payload.length * 2 + 600
    if (batch.length > 0 && (batch.length >= maxItems || size > maxBytes)) break
    batch.push(row)
  }
  return batch
}
