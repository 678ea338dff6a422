/** What time a counter goes by without a line, and how much that is worth. */
import { type Clock, isoWithOffset, type KeptAnchor } from '../outbox/clock'

/** How far the two clocks may be apart before the server's time counted on is not believed alone. */
const SLACK_MS = 5 * 60_000

export interface Moment {
  /** The time that leases and days are judged by, in milliseconds. */
  ms: number
  /** `anchored`: the server's time counted on by a clock that nobody moves. `wall`: the phone's own. */
  clock: 'anchored' | 'wall'
  /** As it is told: the server's time where it is anchored, else the phone's clock, which the server puts right. */
  told: string
}

/**
 * Tell the time. A page that slept has counted on too little, and a phone whose clock was moved says too much: the
 * later of the two is taken, and never one before `floor`, so that no setting back of a clock makes a lease longer.
 */
export function momentAt(clock: Clock, anchor: KeptAnchor | null, floor = 0): Moment {
  const wall = clock.wall()
  if (!anchor) return { ms: Math.max(wall, floor), clock: 'wall', told: isoWithOffset(wall) }
  const server = Date.parse(anchor.server)
  const walled = server + Math.max(0, wall - anchor.wallMs)
  if (anchor.origin !== clock.origin) return { ms: Math.max(walled, floor), clock: 'wall', told: isoWithOffset(wall) }
  const counted = server + (clock.mono() - anchor.mono)
  const ms = Math.max(counted, walled, floor)
  if (ms - counted > SLACK_MS) return { ms, clock: 'wall', told: isoWithOffset(wall) }
  return { ms: Math.max(counted, floor), clock: 'anchored', told: new Date(Math.max(counted, floor)).toISOString() }
}
