/** The life of a photo on the phone, as pure functions: it follows its record, and goes when the server has it. */
import type { Receipt } from './receipt'
import { KEPT_MS, type Reason, type Row, type State } from './rules'

/** `in_answers`: the record's own form has asked, and names the photo. */
export type Consent = 'nobody' | 'agreed' | 'in_answers'

/** What was answered before the photo was taken. */
export interface PhotoSaid {
  consent: Consent
  agreedBy: string[]
  illustration: boolean
  caption: string
  /** By which the record's answers know it. */
  name?: string
}

export interface PhotoRow extends PhotoSaid {
  id: string
  /** The account on this phone that took it. */
  owner: string
  /** The record that it belongs to: the photo waits until the server has that. */
  record: string
  state: State
  sha256: string
  size: number
  /** How much the server has said to have: shown, and never relied upon. */
  offset: number
  taken: string
  /** Its bytes are locked by the owner's code. */
  isSealed: boolean
  trouble: Reason | null
  reason: Reason | null
  receipt: string | null
  receivedAt: string | null
  acknowledged: string | null
}

/** The server's word on a photo: where to go on, or the receipt when it has all of it. */
export interface PhotoAnswer {
  id: string
  offset: number
  receipt: string | null
  server_time: string
}

/** A part that a thin line carries in a second or two. */
export const PART = 64 * 1024
/** As many as the server takes for one record. */
export const MOST_PHOTOS = 6

/** Said of a photo that may well be taken later. */
const WAITS = new Set(['photo.record_missing', 'photo.unknown', 'photo.damaged', 'body.unreadable'])

export const photoIsPending = (photo: Pick<PhotoRow, 'state'>) => photo.state === 'saved' || photo.state === 'sent'

/** Tell whether a photo may go now; a record that has left the phone was acknowledged. */
export const photoMayGo = (photo: PhotoRow, record: Row | undefined) =>
  photoIsPending(photo) && (record === undefined || record.state === 'received')

export function photoSettled(photo: PhotoRow, answer: PhotoAnswer, receipt: Receipt | null): PhotoRow {
  if (photo.state === 'received') return photo
  if (!answer.receipt) return { ...photo, offset: answer.offset }
  if (!receipt) return { ...photo, trouble: { code: 'receipt.unverified', message: '' } }
  const acknowledgement = { receipt: answer.receipt, receivedAt: receipt.received_at, acknowledged: answer.server_time }
  return { ...photo, ...acknowledgement, state: 'received', offset: photo.size, trouble: null, reason: null }
}

/** Tell what becomes of a photo that the server says no to. */
export function photoRefused(photo: PhotoRow, reason: Reason): PhotoRow {
  if (photo.state === 'received') return photo
  if (WAITS.has(reason.code)) return { ...photo, state: 'saved', trouble: reason }
  return { ...photo, state: 'returned', reason, trouble: null }
}

/** Tell whether a photo may leave the phone: acknowledged, and seven days of the server's clock ago. */
export function photoIsPast(photo: PhotoRow, serverTime: string): boolean {
  if (photo.state !== 'received' || !photo.acknowledged) return false
  return Date.parse(serverTime) - Date.parse(photo.acknowledged) >= KEPT_MS
}

/** Begin the life of a photo. */
export function newPhoto(
  begun: Pick<PhotoRow, 'owner' | 'record' | 'taken' | 'sha256' | 'size' | 'isSealed'>,
  said: PhotoSaid,
) {
  const row: PhotoRow = {
    ...begun,
    ...{ id: crypto.randomUUID(), state: 'saved', offset: 0 },
    ...{ trouble: null, reason: null, receipt: null, receivedAt: null, acknowledged: null },
    ...said,
  }
  return row
}
