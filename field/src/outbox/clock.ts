/** What a phone knows about the time: its wall clock, a clock that only goes forward, and the server's last word. */

/** The server's time as last heard: `mono` is this page's forward clock when the answer came, `rtt` how long it took. */
export interface Anchor {
  server: string
  mono: number
  origin: string
  rtt: number
}

/** A moment as the phone can testify to it; the server makes the true time of it. */
export interface Stamp {
  wall: string
  mono: number
  origin: string
  anchor: Anchor | null
}

/** An anchor as it is kept: with the wall clock beside it, so that a later page can still tell the campaign's day. */
export interface KeptAnchor extends Anchor {
  wallMs: number
}

export interface Clock {
  /** Milliseconds of the wall clock, which people and flat batteries move. */
  wall(): number
  /** Milliseconds since an origin of its own, which nobody moves. */
  mono(): number
  /** Names that origin: stamps of two origins cannot be compared. */
  origin: string
}

export function pageClock(): Clock {
  return { wall: () => Date.now(), mono: () => performance.now(), origin: crypto.randomUUID() }
}

const two = (n: number) => String(n).padStart(2, '0')

/** Write a moment as the phone's owner reads it, with the offset from UTC: 2023-10-05T08:40:12.000+07:00. */
export function isoWithOffset(ms: number): string {
  const at = new Date(ms)
  const minutes = -at.getTimezoneOffset()
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
  return new Date(ms + minutes * 60_000).toISOString().replace('Z', offset)
}

export function stamp(clock: Clock, anchor: KeptAnchor | null): Stamp {
  const told = anchor && { server: anchor.server, mono: anchor.mono, origin: anchor.origin, rtt: anchor.rtt }
  return { wall: isoWithOffset(clock.wall()), mono: Math.round(clock.mono()), origin: clock.origin, anchor: told }
}

/** Keep the server's time from an answer that was asked for at `askedAt` of the forward clock. */
export function anchorFrom(clock: Clock, server: string, askedAt: number): KeptAnchor {
  const mono = clock.mono()
  return { server, mono: Math.round(mono), origin: clock.origin, rtt: Math.round(mono - askedAt), wallMs: clock.wall() }
}

/** Tell the campaign's time as well as it can be known without a network, in milliseconds. */
export function campaignNow(clock: Clock, anchor: KeptAnchor | null): number {
  if (!anchor) return clock.wall()
  const server = Date.parse(anchor.server)
  if (anchor.origin === clock.origin) return server + (clock.mono() - anchor.mono)
  return server + Math.max(0, clock.wall() - anchor.wallMs)
}

/** The day in Viet Nam: 2023-10-05. */
export const localDay = (ms: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date(ms))
