/** Verifies the server's signed receipts: without one, a record does not count as received. */

/** A key of the server's, by which it is recognized or written to. */
export interface PublicKey {
  kid: string
  alg: string
  /** The public key, DER in base64. */
  spki: string
}

export interface Receipt {
  v: number
  kid: string
  id: string
  sha256: string
  received_at: string
  device: string | number
}

export const base64 = {
  bytes(text: string): Uint8Array<ArrayBuffer> {
    const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0))
  },
  text(bytes: Uint8Array): string {
    let plain = ''
    for (const byte of bytes) plain += String.fromCharCode(byte)
    return btoa(plain)
  },
}

const imported = new Map<string, Promise<CryptoKey>>()

function publicKey(spki: string): Promise<CryptoKey> {
  const known = imported.get(spki)
  if (known) return known
  const key = crypto.subtle.importKey('spki', base64.bytes(spki), { name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'verify',
  ])
  imported.set(spki, key)
  return key
}

/** Give what the server has signed, if it is the server's own; otherwise nothing. */
export async function signed<Said extends { kid: string }>(
  compact: string | null | undefined,
  keys: readonly PublicKey[],
): Promise<Said | null> {
  const [payload, signature, more] = (compact ?? '').split('.')
  if (!payload || !signature || more !== undefined) return null
  try {
    const bytes = base64.bytes(payload)
    const said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Said
    const key = keys.find((known) => known.kid === said.kid)
    if (!key) return null
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
    const genuine = await crypto.subtle.verify(algorithm, await publicKey(key.spki), base64.bytes(signature), bytes)
    return genuine ? said : null
  } catch {
    return null // not base64, not JSON, not a key: in every case nothing that was signed
  }
}

/** Give the receipt if it is the server's own and speaks of exactly these bytes; otherwise nothing. */
export async function verified(
  compact: string | null | undefined,
  keys: readonly PublicKey[],
  record: { id: string; sha256: string },
): Promise<Receipt | null> {
  const receipt = await signed<Receipt>(compact, keys)
  const isOurs = receipt?.v === 1 && receipt.id === record.id && receipt.sha256 === record.sha256
  return isOurs ? receipt : null
}
