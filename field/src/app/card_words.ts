/** Reads the 16 words of a companion card, for where nothing can be scanned; fetched when asked for, kept for offline. */
import list from '../../../src/raquan/cards/data/words.txt?raw'
import { folded } from '../texts'
import { bytesOf, CODE_BYTES } from './card_code'

export const WORDS = 16
const BITS = 9n
const FIELD = 512
const POLYNOMIAL = 0b1000010001

const VALUES = new Map(
  list
    .split(/\s+/)
    .filter(Boolean)
    .map((word, value) => [folded(word), value] as const),
)

export interface WordsRead {
  code: Uint8Array | null
  count: number
  unknown: string[]
}

/** Read words however they were typed; the check symbol tells one wrong word, and two in each other's place. */
export function readWords(text: string): WordsRead {
  const typed = folded(text)
    .split(/[^a-z]+/)
    .filter(Boolean)
  const unknown = typed.filter((word) => !VALUES.has(word))
  if (unknown.length > 0 || typed.length !== WORDS) return { code: null, count: typed.length, unknown }
  const symbols = typed.map((word) => VALUES.get(word) as number)
  const number = symbols.slice(0, -1).reduce((sum, symbol) => (sum << BITS) | BigInt(symbol), 0n)
  const whole = sumOf(symbols) === 0 && number < 1n << BigInt(8 * CODE_BYTES)
  return { code: whole ? bytesOf(number) : null, count: WORDS, unknown: [] }
}

/** The sum of a^i times word i over GF(512), a a root of x^9 + x^4 + 1. */
function sumOf(symbols: number[]): number {
  return symbols.reduceRight((sum, symbol) => {
    const doubled = (sum << 1) ^ (sum & (FIELD >> 1) ? POLYNOMIAL : 0)
    return doubled ^ symbol
  }, 0)
}
