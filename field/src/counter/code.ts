/** A voucher's code as it is printed (docs/glossary.md, "phiếu ưu đãi"): read, and its signature proved, without a line. */

const PREFIX = 'RQV1.'
const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const HEAD = 22
const WHOLE = HEAD + 64
const BITS = WHOLE * 8
/** So many signs stand behind the prefix; the last bits of the last one mean nothing, and are zero. */
export const LENGTH = Math.ceil(BITS / 5)
/** Signs that no code has, and what a person who types them has taken for them. */
const TAKEN_FOR: { [sign: string]: string } = { 0: 'O', 1: 'I', 8: 'B' }
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' }

export interface Code {
  text: string
  /** The UUID of its run. */
  run: string
  serial: number
  /** Its last day, as 2023-10-15. */
  endsOn: string
  head: Uint8Array<ArrayBuffer>
  signature: Uint8Array<ArrayBuffer>
}

/** Read a code exactly as it is printed; nothing when it is something else. Whether it is true is asked apart. */
export function read(text: string): Code | null {
  const signs = text.slice(PREFIX.length)
  if (!text.startsWith(PREFIX) || signs.length !== LENGTH) return null
  const bytes = bytesOf(signs)
  if (!bytes) return null
  const head = bytes.slice(0, HEAD)
  const view = new DataView(head.buffer)
  const serial = view.getUint32(16)
  if (serial === 0) return null
  const endsOn = new Date(view.getUint16(20) * 86_400_000).toISOString().slice(0, 10)
  return { text, run: uuidOf(head.slice(0, 16)), serial, endsOn, head, signature: bytes.slice(HEAD) }
}

/** Write what a person typed as a code is printed: without spaces and dashes, with the signs that were meant. */
export function typed(text: string): string {
  const plain = text.toUpperCase().replace(/[^A-Z0-9.]/g, '')
  const signs = plain.replace(/^RQV[1I]\.?/, '').replace(/\./g, '')
  return PREFIX + signs.replace(/[018]/g, (sign) => TAKEN_FOR[sign] as string)
}

/** How many of a code's signs have been typed. */
export const typedSigns = (text: string) => typed(text).length - PREFIX.length

/** Tell whether the run's key has signed a code; `key` is its public half, SPKI in base64. */
export async function isTrue(code: Code, key: string): Promise<boolean> {
  const spki = Uint8Array.from(atob(key), (sign) => sign.charCodeAt(0))
  const opened = await crypto.subtle.importKey('spki', spki, ALGORITHM, false, ['verify'])
  const message = Uint8Array.from([...new TextEncoder().encode('RQV1'), ...code.head])
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, opened, code.signature, message)
}

function bytesOf(signs: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(WHOLE)
  let bits = 0
  let held = 0
  let at = 0
  for (const sign of signs) {
    const value = SIGNS.indexOf(sign)
    if (value < 0) return null
    bits = ((bits << 5) | value) & 0xfff
    held += 5
    if (held < 8) continue
    held -= 8
    bytes[at++] = bits >> held
  }
  return (bits & ((1 << held) - 1)) === 0 ? bytes : null
}

function uuidOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
