/** A voucher's code: read as it was printed, and refused with any one bit of it altered. */
import { beforeAll, describe, expect, it } from 'vitest'
import { isTrue, LENGTH, read, typed, typedSigns } from '../src/counter/code'
import type { Known } from '../src/counter/rules'
import { Till } from '../src/counter/till'
import { browser } from './browser'
import { base32, HandClock, headOf, NOON, newPress, type Press, RUN, runOf } from './counter'

const SLOW = { timeout: 30_000 }
let press: Press
let till: Till
let known: Known

beforeAll(async () => {
  browser.newDisk()
  press = await newPress()
  till = new Till(new HandClock(), 'Quầy 1')
  const expires_at = new Date(NOON + 3600_000).toISOString()
  const lease = { id: 'L', run: RUN, granted: 9, expires_at, state: 'held' as const, spent: 0, isReturning: false }
  known = { runs: [runOf(press)], leases: [lease], redemptions: [], nowMs: NOON }
})

const reasonOf = async (text: string) => {
  const { verdict } = await till.look(text, known)
  return 'reason' in verdict ? verdict.reason : 'good'
}

describe('a code', () => {
  it('is read as it was printed', async () => {
    const text = await press.print(12345)
    expect(await reasonOf(text)).toBe('good')
    expect(text).toHaveLength('RQV1.'.length + LENGTH)
    const code = read(text)
    expect(code).toMatchObject({ text, run: RUN, serial: 12345, endsOn: '2023-10-15' })
    expect(await isTrue(code as NonNullable<typeof code>, press.publicKey)).toBe(true)
    expect(await isTrue(code as NonNullable<typeof code>, (await newPress()).publicKey)).toBe(false)
  })

  it('is refused with any one bit of it altered', SLOW, async () => {
    const whole = bytesOf(await press.print(7))
    const reasons = new Map<string, number>()
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const altered = whole.slice()
      altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7))
      const reason = await reasonOf(`RQV1.${base32(altered)}`)
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
    // Its run's name makes it another run's; all else is what the signature is over, or the signature.
    expect(Object.fromEntries(reasons)).toEqual({ other_run: 128, altered: (86 - 16) * 8 })
  })

  it('is refused with any one bit of its text altered', SLOW, async () => {
    const text = await press.print(7)
    for (let at = 0; at < text.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const sign = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit))
        const reason = await reasonOf(text.slice(0, at) + sign + text.slice(at + 1))
        expect(['unreadable', 'altered', 'other_run']).toContain(reason)
      }
    }
  })

  it.each(['', 'RQV1.', 'https://example.vn/c/1/ABC', `RQV1.${'A'.repeat(LENGTH)}`, `RQV2.${'A'.repeat(LENGTH)}`])(
    'is nothing else: %s',
    async (text) => expect(await reasonOf(text)).toBe('unreadable'),
  )

  it('is typed with spaces, small letters and signs that look alike', async () => {
    const text = await press.print(3)
    const byHand = text
      .toLowerCase()
      .replace(/(.{4})/g, '$1 ')
      .replaceAll('o', '0')
      .replaceAll('i', '1')
    expect(typed(byHand)).toBe(text)
    expect(typed(text.slice(5))).toBe(text)
    expect(typedSigns(`${text.slice(0, 25)} `)).toBe(20)
  })
})

function bytesOf(text: string): Uint8Array {
  const code = read(text)
  if (!code) throw new Error('no code')
  expect(code.head).toEqual(headOf(code.run, code.serial, code.endsOn))
  return Uint8Array.from([...code.head, ...code.signature])
}
