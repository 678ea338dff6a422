/** A companion card's code as a scanner gives it, and the mark that records carry in its place (see cards/rules.py). */

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const WRITTEN = /^(?:.*\/c\/1\/)?([A-Z2-7]{26})\/?$/i
const MARKED = 'raquan card 1 '
export const CODE_BYTES = 16

/** Read a code from a card's address or its 26 signs; nothing when it is something else. */
export function scanned(text: string): Uint8Array | null {
  const signs = WRITTEN.exec(text.trim())?.[1]?.toUpperCase()
  if (!signs) return null
  let number = 0n
  for (const sign of signs) number = (number << 5n) | BigInt(SIGNS.indexOf(sign))
  // 26 signs hold 130 bits: the last two mean nothing, and are zero where nothing was hurt.
  return (number & 3n) === 0n ? bytesOf(number >> 2n) : null
}

/** Write a number of 128 bits as 16 bytes, the greatest first. */
export const bytesOf = (number: bigint) =>
  Uint8Array.from({ length: CODE_BYTES }, (_, n) => Number((number >> BigInt(8 * (CODE_BYTES - 1 - n))) & 255n))

/** Give the mark of a code: the same as the server's, and no way back to the code. */
export async function markOf(code: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from([...new TextEncoder().encode(MARKED), ...code]))
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `m1-${hex.slice(0, 32)}`
}
