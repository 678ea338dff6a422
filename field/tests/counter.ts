/** A run's key, its vouchers, and a server that keeps the counter's contract in memory, for tests of the counter. */

import type { Run, Outcome as Said, ToldLease } from '../src/counter/rules'
import type { Envelope } from '../src/counter/sync'
import type { Answer } from '../src/counter/till'
import { Refused } from '../src/line'
import type { Clock } from '../src/outbox/clock'

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
export const RUN = '0190a3b4-5c6d-7e8f-9a0b-1c2d3e4f5a6b'
export const HOUR = 3600_000
/** Noon of the campaign's day in Viet Nam. */
export const NOON = Date.parse('2023-10-10T05:00:00Z')

export interface Press {
  publicKey: string
  print(serial: number, endsOn?: string, run?: string): Promise<string>
}

export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const signs = bits.match(/.{1,5}/g) as string[]
  return signs.map((five) => SIGNS[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

export function headOf(run: string, serial: number, endsOn: string): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(22)
  head.set((run.replaceAll('-', '').match(/../g) as string[]).map((two) => Number.parseInt(two, 16)))
  const view = new DataView(head.buffer)
  view.setUint32(16, serial)
  view.setUint16(20, Date.parse(endsOn) / 86_400_000)
  return head
}

/** Make a key pair and print codes with it, as the server does. */
export async function newPress(): Promise<Press> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const spki = await crypto.subtle.exportKey('spki', pair.publicKey)
  return {
    publicKey: btoa(String.fromCharCode(...new Uint8Array(spki))),
    async print(serial, endsOn = '2023-10-15', run = RUN) {
      const head = headOf(run, serial, endsOn)
      const message = Uint8Array.from([...new TextEncoder().encode('RQV1'), ...head])
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, message)
      return `RQV1.${base32(Uint8Array.from([...head, ...new Uint8Array(signature)]))}`
    },
  }
}

export class HandClock implements Clock {
  wallMs = NOON
  monoMs = 1000
  origin = 'page-1'
  wall = () => this.wallMs
  mono = () => this.monoMs

  pass(ms: number): void {
    this.wallMs += ms
    this.monoMs += ms
  }

  /** The page is started anew. */
  restart(): void {
    this.monoMs = 0
    this.origin += "'"
  }
}

export function runOf(press: Press, more: Partial<Run> = {}): Run {
  return {
    ...{ id: RUN, title: { vi: 'Giảm 50.000 ₫ tại quầy' }, offer: 'Giảm giá hóa đơn', quota: 40, left: 40, used: '' },
    ...{ starts_on: '2023-09-15', ends_on: '2023-10-15', state: 'open', public_key: press.publicKey },
    ...{ per_card: null, per_counter_day: null },
    ...more,
  }
}

interface SaidUse {
  id: string
  code: string
  redeemed_at: string
}

/** The server's side of one run: grants leases, counts a serial once, gives the same answer to the same again. */
export class ModelOffice {
  counted = new Map<number, string>()
  outcomes = new Map<string, Said & { id: string }>()
  leases: (ToldLease & { token: string })[] = []
  doubles: Answer['doubles'] = []
  granted = new Map<string, true>()
  nowMs = NOON
  leaseMs = 24 * HOUR
  asks = 0

  constructor(
    readonly run: Run,
    readonly serialOf: (text: string) => number,
  ) {}

  readonly send = async (said: Envelope, token: string): Promise<Answer> => {
    this.asks++
    if (token === 'gone') throw new Refused(401, { code: 'key.unknown', message: 'Máy chủ không biết quầy này.' })
    const told = [
      ...said.redemptions.map((one) => this.#redeem(one as SaidUse, token)),
      ...said.failures.map((one) => this.#once((one as { id: string }).id, 'kept')),
      ...said.reversals.map((one) => this.#reverse(one as { id: string; redemption: string })),
    ]
    for (const { lease } of said.returns) {
      for (const one of this.leases) if (one.id === lease) one.state = 'returned'
    }
    for (const { run, count } of said.want) this.#grant(said.request_id, run, count, token)
    const bits = new Uint8Array(Math.ceil(this.run.quota / 8))
    for (const serial of this.counted.keys()) {
      const at = (serial - 1) >> 3
      bits[at] = (bits[at] as number) | (1 << ((serial - 1) & 7))
    }
    return {
      now: new Date(this.nowMs).toISOString(),
      outcomes: structuredClone(told),
      leases: this.leases.filter((one) => one.token === token).map(({ token: _, ...one }) => ({ ...one })),
      runs: [{ ...this.run, left: this.left, used: btoa(String.fromCharCode(...bits)) }],
      doubles: structuredClone(this.doubles),
    }
  }

  get left(): number {
    return this.run.quota - this.leases.reduce((sum, one) => sum + one.granted, 0)
  }

  #once(id: string, outcome: Said['outcome'], code = ''): Said & { id: string } {
    const told = this.outcomes.get(id) ?? { id, outcome, code, message: code && `Lý do: ${code}` }
    this.outcomes.set(id, told)
    return told
  }

  #redeem({ id, code, redeemed_at }: SaidUse, counter: string): Said & { id: string } {
    const serial = this.serialOf(code)
    const by = this.counted.get(serial)
    if (by === undefined && !this.outcomes.has(id)) this.counted.set(serial, id)
    if (by && by !== id && !this.outcomes.has(id)) this.doubles.push({ redemption: by, counter, redeemed_at })
    return by === undefined || by === id ? this.#once(id, 'accepted') : this.#once(id, 'refused', 'double')
  }

  #reverse({ id, redemption }: { id: string; redemption: string }): Said & { id: string } {
    for (const [serial, by] of this.counted) if (by === redemption) this.counted.delete(serial)
    return this.#once(id, 'accepted')
  }

  #grant(request: string, run: string, count: number, token: string): void {
    if (this.granted.has(request)) return
    this.granted.set(request, true)
    const granted = Math.min(count, this.left)
    const expires_at = new Date(this.nowMs + this.leaseMs).toISOString()
    if (granted > 0) this.leases.push({ id: crypto.randomUUID(), run, granted, expires_at, state: 'held', token })
  }
}
