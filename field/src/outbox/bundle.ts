/** Bundles: records sealed for the server alone, to be kept as a file or carried by a teammate's phone. */
import type { Outbox } from './outbox'
import { base64, type PublicKey, signed } from './receipt'
import { type Account, type Answer, nextBatch, type Row, type Spare } from './rules'
import { itemOf } from './sync'
import { type Bytes, utf8 } from './vault'
import { sha256 } from './xml'

/** What stands in the file: the outside is bound to what is sealed, and nobody but the server reads the inside. */
export interface Bundle {
  raquan: 'bundle'
  v: 1
  kid: string
  client_id: string
  first: number
  last: number
  count: number
  epk: string
  sha256: string
  sealed: string
}

/** What the carrier brings back; `answer` is signed by the server. */
export interface AnswerFile {
  raquan: 'answer'
  v: 1
  client_id: string
  /** The bundle that it answers, by its hash. */
  bundle: string
  taken: number
  refused: number
  answer: string
}

export const MOST_IN_BUNDLE = 500
const KIND = 'raquan.answer'
const INFO = utf8('raquan bundle 1')

/** Seal all that an account has not sent; none when there is nothing. The records stay where they are. */
export async function makeBundles(outbox: Outbox, account: Account, app: string): Promise<Bundle[]> {
  const { bundleKey } = account
  if (!bundleKey) throw new Error('the server’s key for bundles was never heard')
  const rows = (await outbox.pending(account.clientId)).sort((a, b) => a.seq - b.seq)
  const key = await outbox.vault.serverKey(account)
  const bundles: Bundle[] = []
  for (let at = 0; at < rows.length; at += MOST_IN_BUNDLE) {
    bundles.push(await seal(bundleKey, account.clientId, key, app, rows.slice(at, at + MOST_IN_BUNDLE)))
  }
  return bundles
}

async function seal(to: PublicKey, client_id: string, key: string, app: string, rows: Row[]): Promise<Bundle> {
  const seqs = rows.map((row) => row.seq)
  const [first, last, count] = [Math.min(...seqs), Math.max(...seqs), rows.length]
  const inside = JSON.stringify({ key, app, batches: batchesOf(rows).map((batch) => batch.map(itemOf)) })
  const outside = ['raquan.bundle.1', to.kid, client_id, first, last, count]
  const { epk, sealed } = await sealFor(to, outside, await packed(inside))
  const head = { raquan: 'bundle', v: 1, kid: to.kid, client_id, first, last, count, epk } as const
  return { ...head, sha256: await sha256(sealed), sealed: base64.text(sealed) }
}

/** Seal bytes for the server alone, bound to what stands outside, the sender's point last. */
async function sealFor(to: PublicKey, outside: (string | number)[], bytes: Bytes) {
  const curve = { name: 'ECDH', namedCurve: 'P-256' }
  const pair = await crypto.subtle.generateKey(curve, false, ['deriveBits'])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const server = await crypto.subtle.importKey('spki', base64.bytes(to.spki), curve, false, [])
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: server }, pair.privateKey, 256)
  const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt: point, info: INFO }
  const aes = await crypto.subtle.deriveKey(how, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const epk = base64.text(point)
  const additionalData = utf8([...outside, epk].join('\n'))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const cipher = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, aes, bytes)
  return { epk, sealed: new Uint8Array([...iv, ...new Uint8Array(cipher)]) }
}

/** Seal a spare of a data key for the server, which gives it back to the same person who has a new code. */
export async function makeSpare(to: PublicKey, client_id: string, key: string, raw: Bytes): Promise<Spare> {
  const inside = utf8(JSON.stringify({ key, data_key: base64.text(raw) }))
  const { epk, sealed } = await sealFor(to, ['raquan.spare.1', to.kid, client_id], inside)
  return { kid: to.kid, client_id, epk, sealed: base64.text(sealed) }
}

/** Put the records in batches as a sending would: a correction comes after what it corrects. */
function batchesOf(rows: readonly Row[]): Row[][] {
  const batches: Row[][] = []
  let rest = [...rows]
  while (rest.length > 0) {
    const batch = nextBatch(rest)
    batches.push(batch)
    rest = rest.filter((row) => !batch.includes(row))
  }
  return batches
}

async function packed(text: string): Promise<Bytes> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** Read a file that somebody handed over; null when it is neither of ours, or only a part. */
export async function readFile(text: string): Promise<Bundle | AnswerFile | null> {
  try {
    const said = JSON.parse(text) as Bundle | AnswerFile
    if (said.raquan === 'answer') return typeof said.answer === 'string' ? said : null
    if (said.raquan !== 'bundle' || typeof said.client_id !== 'string') return null
    return (await sha256(base64.bytes(said.sealed))) === said.sha256 ? said : null
  } catch {
    return null
  }
}

/** What an answer has done here: settled so many, meant for another phone, or not the server's own. */
export type Taken = { settled: number; refused: number } | 'elsewhere' | 'false'

/** Take in an answer that came back by file, exactly as one that came by the line; a locked account too. */
export async function takeAnswer(outbox: Outbox, file: AnswerFile): Promise<Taken> {
  const account = await outbox.account(file.client_id)
  if (!account) return 'elsewhere'
  const said = await signed<Answer & { kid: string; kind: string; client_id: string }>(file.answer, account.receiptKeys)
  if (!said || said.kind !== KIND) return 'false'
  if (said.client_id !== account.clientId) return 'elsewhere'
  return outbox.settleCarried(account, said)
}
