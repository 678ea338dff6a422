/** Verifies the server's signed receipts: without one, a record does not count as received. */

export interface ReceiptKey {
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

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0))
}

const imported = new Map<string, Promise<CryptoKey>>()

function publicKey(spki: string): Promise<CryptoKey> {
  const known = imported.get(spki)
  if (known) return known
  const key = crypto.subtle.importKey('spki', bytes(spki), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
  imported.set(spki, key)
  return key
}

/** Give the receipt if it is the server's own and speaks of exactly these bytes; otherwise nothing. */
export async function verified(
  compact: string | null | undefined,
  keys: readonly ReceiptKey[],
  record: { id: string; sha256: string },
): Promise<Receipt | null> {
  const [payload, signature, more] = (compact ?? '').split('.')
  if (!payload || !signature || more !== undefined) return null
  try {
    const signed = bytes(payload)
    const receipt = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(signed)) as Receipt
    const key = keys.find((known) => known.kid === receipt.kid)
    if (!key || receipt.v !== 1 || receipt.id !== record.id || receipt.sha256 !== record.sha256) return null
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
    const genuine = await crypto.subtle.verify(algorithm, await publicKey(key.spki), bytes(signature), signed)
    return genuine ? receipt : null
  } catch {
    return null // not base64, not JSON, not a key: in every case no receipt
  }
}
