/** A phone for tests, and a server's model that signs receipts as the real one does. */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import { Refused } from '../src/line'
import type { Clock } from '../src/outbox/clock'
import { Outbox } from '../src/outbox/outbox'
import type { PhotoAnswer } from '../src/outbox/photo_rules'
import type { PhotoLine } from '../src/outbox/photos'
import type { PublicKey } from '../src/outbox/receipt'
import type { Account, Answer, Draft, Verdict } from '../src/outbox/rules'
import type { Envelope } from '../src/outbox/sync'
import { makeLock } from '../src/outbox/vault'
import { type Answers, type AssistForm, hex, sha256 } from '../src/outbox/xml'
import type { Day } from '../src/server'

export const FORM: AssistForm = {
  id: 'assist',
  version: '2023091501',
  fields: {
    started: 'start',
    outing: 'outing',
    service: 'service',
    result: 'result',
    how: 'how',
    bottleneck: 'bottleneck',
    language: 'language',
    group: 'group',
  },
}

export const ANSWERS: Answers = {
  outing: 'CMG-7K2Q',
  service: 'birth_registration',
  group: 'online_public_service',
  result: 'filed',
  how: 'guided',
  bottleneck: null,
  language: 'rad',
}

const rung = (code: string, stage: string) => ({ code, name: code, stage })

/** A day as the server tells it, with two short ladders. */
export const DAY: Day = {
  schema: 1,
  server_time: '2023-10-05T01:00:00.000Z',
  campaign: null,
  person: { name: 'Trần Văn Bình' },
  form: FORM,
  outings: [],
  groups: [
    {
      code: 'online_public_service',
      name: 'Dịch vụ công',
      rungs: [rung('helped', 'helped'), rung('filed', 'first_use')],
    },
    { code: 'ecommerce', name: 'Thương mại', rungs: [rung('helped', 'helped'), rung('shop_opened', 'activated')] },
  ],
  services: [
    { code: 'birth_registration', group: 'online_public_service', name: 'Khai sinh', restricted: null },
    { code: 'voso', group: 'ecommerce', name: 'Vỏ Sò', restricted: null },
  ],
  bottlenecks: [{ code: 'signal', name: 'Không có sóng' }],
  languages: [
    { code: 'vi', name: 'Tiếng Việt' },
    { code: 'rad', name: 'Tiếng Ê Đê' },
  ],
  how: [{ code: 'self', name: 'Tự làm' }],
  guides: [],
}
export class TestClock implements Clock {
  origin = crypto.randomUUID() as string
  constructor(
    public wallMs = Date.parse('2023-10-05T08:00:00+07:00'),
    public monoMs = 1000,
  ) {}
  wall = () => this.wallMs
  mono = () => this.monoMs
  pass(ms: number): void {
    this.wallMs += ms
    this.monoMs += ms
  }
}

/** An empty disk: all that IndexedDB holds is gone. */
export function newDisk(): void {
  globalThis.indexedDB = new IDBFactory()
}

/** The database as the first release made it. */
export function firstRelease() {
  return openDB('raquan-field', 1, {
    upgrade(db) {
      db.createObjectStore('accounts', { keyPath: 'clientId' })
      const records = db.createObjectStore('records', { keyPath: 'id' })
      records.createIndex('owner_seq', ['owner', 'seq'], { unique: true })
      records.createIndex('owner_state', ['owner', 'state'])
      db.createObjectStore('drafts', { keyPath: ['owner', 'place'] })
      db.createObjectStore('days', { keyPath: 'owner' })
      db.createObjectStore('meta')
    },
  })
}

/** Let a phone's battery run out after some writes; call what it gives to charge it. */
export function dieAfter({ database }: Outbox, writes: number): () => void {
  const real = database.write.bind(database)
  let left = writes
  database.write = (work) => (left-- > 0 ? real(work) : Promise.reject(new Error('the battery is out')))
  return () => {
    database.write = real
  }
}

export const OWNER = 'a0000000-0000-4000-8000-000000000001'

export function draft(place = ANSWERS.outing, answers: Partial<Answers> = {}): Draft {
  const id = `uuid:${crypto.randomUUID()}`
  return { owner: OWNER, place, id, started: '2023-10-05T08:00:00.000+07:00', answers, replaces: null, remakes: null }
}

export const CODE = 'ACDE-FHJK-MN'
/** Enough for a test; a phone takes many more. */
export const ROUNDS = 10

/** A phone on which Bình has signed in: locked by his code, and open. */
export async function phoneOf(server: ModelServer, clock: Clock = new TestClock()): Promise<Outbox> {
  const outbox = new Outbox(clock)
  await outbox.vault.load()
  if (await outbox.account(OWNER)) return outbox
  const account = await outbox.keepAccount(await server.account())
  const { lock, key } = await makeLock(OWNER, CODE, ROUNDS)
  await outbox.protect(account, lock, key, account.key as string)
  return outbox
}

const base64 = (data: Uint8Array) => btoa(String.fromCharCode(...data))
const base64url = (data: Uint8Array) => base64(data).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

/** A server's key for bundles. */
export async function openingKey() {
  const curve = { name: 'ECDH', namedCurve: 'P-256' }
  const { publicKey } = await crypto.subtle.generateKey(curve, false, ['deriveBits'])
  const spki = base64(new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)))
  return { kid: 'b1', alg: 'ECDH-ES', spki }
}

/** Takes records as the contract says: by id once, the same bytes again are a duplicate, others a conflict. */
export class ModelServer {
  readonly taken = new Map<string, { sha256: string; seq: number; times: number }>()
  /** Records that this server will not take. */
  readonly unwelcome = new Set<string>()
  clock = Date.parse('2023-10-05T01:00:00Z')
  /** What a broken or false server would do to its receipts. */
  spoil: (compact: string) => string = (compact) => compact
  #keys = crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])

  async receiptKey(): Promise<PublicKey> {
    const { publicKey } = (await this.#keys) as CryptoKeyPair
    return {
      kid: 'k1',
      alg: 'ES256',
      spki: base64(new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))),
    }
  }

  async account(): Promise<Account> {
    return {
      clientId: OWNER,
      key: 'k'.repeat(64),
      device: { id: 'd', number: 7, label: 'Máy của Bình' },
      person: { id: 'p', name: 'Trần Văn Bình' },
      validUntil: '2023-10-31',
      receiptKeys: [await this.receiptKey()],
      lastSeq: 0,
      barred: null,
    }
  }

  receive = async (envelope: Envelope): Promise<Answer> => {
    this.clock += 1000
    const verdicts: Verdict[] = []
    for (const item of envelope.items) verdicts.push(await this.#judge(item))
    return { schema: 1, server_time: new Date(this.clock).toISOString(), verdicts, ...this.#numbers() }
  }

  async #judge(item: Envelope['items'][number]): Promise<Verdict> {
    const said = { id: item.id, code: null, message: null, receipt: null }
    if (this.unwelcome.has(item.id)) {
      return { ...said, outcome: 'refused', code: 'form.closed', message: 'Biểu mẫu đã đóng.' }
    }
    if ((await sha256(item.payload)) !== item.sha256) throw new Error('the envelope lies about its bytes')
    const known = this.taken.get(item.id)
    if (known && known.sha256 !== item.sha256) {
      return { ...said, outcome: 'conflict', code: 'submission.conflict', message: 'Đã có bản khác.' }
    }
    this.taken.set(item.id, { sha256: item.sha256, seq: item.seq, times: (known?.times ?? 0) + 1 })
    return { ...said, outcome: known ? 'duplicate' : 'accepted', receipt: this.spoil(await this.#sign(item)) }
  }

  /** What has come of each photo, as the contract says: a part that does not follow changes nothing. */
  readonly photos = new Map<string, { sha256: string; record: string; size: number; bytes: number[] }>()
  /** Photos that this server says no to, and how. */
  readonly unwelcomePhotos = new Map<string, Refused>()

  readonly line: PhotoLine = {
    begin: async ({ id, sha256, record, size }) => {
      const no = this.unwelcomePhotos.get(id)
      if (no) throw no
      if (!this.taken.has(record)) throw new Refused(409, { code: 'photo.record_missing', message: 'Chưa có lượt.' })
      if (!this.photos.has(id)) this.photos.set(id, { sha256, record, size, bytes: [] })
      return this.#photo(id)
    },
    append: async (id, start, part) => {
      const photo = this.photos.get(id)
      if (!photo) throw new Refused(409, { code: 'photo.unknown', message: 'Chưa biết.' })
      if (start === photo.bytes.length) photo.bytes.push(...part)
      return this.#photo(id)
    },
  }

  async #photo(id: string): Promise<PhotoAnswer> {
    const { bytes, size, sha256 } = this.photos.get(id) as { sha256: string; size: number; bytes: number[] }
    const whole = bytes.length === size
    if (whole && hex(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))) !== sha256) {
      this.photos.delete(id)
      throw new Refused(400, { code: 'photo.damaged', message: 'Hỏng trên đường.' })
    }
    const receipt = whole ? this.spoil(await this.#sign({ id, sha256 })) : null
    return { id, offset: bytes.length, receipt, server_time: new Date(this.clock).toISOString() }
  }

  async #sign(item: { id: string; sha256: string }): Promise<string> {
    const at = new Date(this.clock).toISOString()
    const receipt = { device: 'd', id: item.id, kid: 'k1', received_at: at, sha256: item.sha256, v: 1 }
    const payload = new TextEncoder().encode(JSON.stringify(receipt))
    const { privateKey } = (await this.#keys) as CryptoKeyPair
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, payload)
    return `${base64url(payload)}.${base64url(new Uint8Array(signature))}`
  }

  #numbers(): Pick<Answer, 'last_seq' | 'gaps'> {
    const seen = [...this.taken.values()].map((one) => one.seq).sort((a, b) => a - b)
    const gaps: [number, number][] = []
    let next = 1
    for (const seq of seen) {
      if (seq > next) gaps.push([next, seq - 1])
      next = seq + 1
    }
    return { last_seq: next - 1, gaps }
  }
}
