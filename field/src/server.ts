/** Speaks with the server: /api/field/v1/, JSON, a key in the header. */
import { lineTo } from './line'
import type { AnswerFile, Bundle } from './outbox/bundle'
import type { PhotoLine } from './outbox/photos'
import type { PublicKey } from './outbox/receipt'
import type { Account, Answer, FormName, Spare } from './outbox/rules'
import type { Envelope } from './outbox/sync'
import type { AssistForm } from './outbox/xml'

export interface Named {
  code: string
  name: string
}
export interface Rung extends Named {
  stage: string
}
export interface Group extends Named {
  rungs: Rung[]
}
export interface Service extends Named {
  group: string
  restricted: { rung: string; performer: string } | null
}
/** Hours of a help desk on a day; `mine` as the roster of that day has it. */
export interface DeskHours {
  on: string
  opens_at: string
  closes_at: string
  mine: boolean
}
/** Where assists are recorded: an outing, or a help desk in the shape of one; its next open day is its `held_on`. */
export interface Outing {
  /** Absent in days that were stored before there were desks. */
  kind?: 'outing' | 'desk'
  /** A desk's alone: the open hours of a week. */
  hours?: DeskHours[]
  code: string
  site: string
  place: string
  held_on: string
  starts_at: string
  ends_at: string
  state: string
  services: string[]
  mine: boolean
}
export interface Guide {
  service: string
  title: string
  steps: string[]
  bring: string[]
  address: string
  cost?: string
  note?: string
  /** When an office last looked whether all this still holds; null while none has. */
  checked_on?: string | null
}
export interface OfferedForm extends FormName {
  /** It has files of its own, which this app does not show. */
  media?: boolean
  md5: string
}
/** All that a day in the field needs, as the server last told it. */
export interface Day {
  schema: number
  server_time: string
  campaign: { year: number; name: string; theme: string; starts_on: string; ends_on: string; day_on: string } | null
  person: { name: string }
  /** The published form; none while it is closed. */
  form: AssistForm | null
  outings: Outing[]
  groups: Group[]
  services: Service[]
  bottlenecks: Named[]
  languages: Named[]
  how: Named[]
  guides: Guide[]
  /** Other forms that are offered: their XML is fetched apart. */
  forms?: OfferedForm[]
  receipt_key?: PublicKey
  bundle_key?: PublicKey
}

export interface SignedIn {
  key: string
  device: Account['device']
  person: Account['person']
  valid_until: string
  server_time: string
  receipt_key: PublicKey
  bundle_key?: PublicKey
}

const { ask, post } = lineTo('/api/field/v1/')

export async function signIn(code: string, label: string, clientId: string): Promise<SignedIn> {
  return (await post('sign-in', { code, label, client_id: clientId })).json()
}

export async function sync(envelope: Envelope, key: string): Promise<Answer> {
  return (await post('sync', envelope, key)).json()
}

/** Bring photos: announced by JSON, their parts as they are, since a picture packs no smaller. */
export const photoLine: PhotoLine = {
  async begin(photo, key) {
    const { record, sha256, size, consent, agreedBy: agreed_by, illustration, caption, name = '' } = photo
    const said = { record, sha256, size, consent, agreed_by, illustration, caption, name }
    return (await post(`photos/${photo.id}`, said, key)).json()
  },
  async append(id, start, part, key) {
    const headers = { 'Content-Type': 'application/octet-stream' }
    return (await ask(`photos/${id}/${start}`, { method: 'POST', headers, body: part }, key)).json()
  },
}

export async function relay(bundle: Bundle, key: string): Promise<AnswerFile> {
  return (await post('relay', bundle, key)).json()
}

/** Ask for a data key that was sealed for the server, in base64. */
export async function openSpare(spare: Spare, key: string): Promise<string> {
  return ((await (await post('spare', spare, key)).json()) as { data_key: string }).data_key
}

export interface DayAnswer {
  /** None when the day is still the one that was asked about. */
  day: Day | null
  etag: string | null
  serverTime: string | null
}

export async function fetchDay(key: string, etag: string | null): Promise<DayAnswer> {
  const answer = await ask('day', { headers: etag ? { 'If-None-Match': etag } : {} }, key)
  const day = answer.status === 304 ? null : ((await answer.json()) as Day)
  return { day, etag: answer.headers.get('ETag'), serverTime: answer.headers.get('X-Server-Time') }
}

/** Fetch a form as it was published, in its latest version. */
export async function fetchForm(key: string, id: string): Promise<string> {
  return (await ask(`forms/${encodeURIComponent(id)}`, {}, key)).text()
}

export interface Readiness {
  app: string
  form_version: string
  outings: string[]
  guides: number
  stored_bytes: number
  persisted: boolean
  unsent: number
}

export async function tellReady(readiness: Readiness, key: string): Promise<void> {
  await post('ready', readiness, key)
}
