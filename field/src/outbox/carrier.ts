/** What this phone carries for others: their bundles, unread, until each is delivered and its answer handed back. */

import { Refused } from '../line'
import { type AnswerFile, type Bundle, takeAnswer } from './bundle'
import type { Outbox } from './outbox'
import type { Account, Reason } from './rules'

/** `waiting` for a line, `delivered` with an answer to hand back, or `refused` with the server's reason. */
export interface Carried {
  /** The bundle's hash: the same file taken twice is carried once. */
  id: string
  bundle: Bundle
  takenMs: number
  state: 'waiting' | 'delivered' | 'refused'
  answer: AnswerFile | null
  reason: Reason | null
}

/** Bring a bundle to the server; throws `Refused` on a no, anything else when no answer came. */
export type SendBundle = (bundle: Bundle, key: string) => Promise<AnswerFile>

/** Take a bundle over; one that was refused is tried again. */
export function carry(outbox: Outbox, bundle: Bundle): Promise<void> {
  return outbox.database.write(async (tx) => {
    const known = await tx.objectStore('bundles').get(bundle.sha256)
    if (known && known.state !== 'refused') return
    const fresh = { state: 'waiting', answer: null, reason: null } as const
    await tx.objectStore('bundles').put({ id: bundle.sha256, bundle, takenMs: outbox.clock.wall(), ...fresh })
  })
}

export function carried(outbox: Outbox): Promise<Carried[]> {
  return outbox.database.read((db) => db.getAll('bundles'))
}

export function putDown(outbox: Outbox, id: string): Promise<void> {
  return outbox.database.write((tx) => tx.objectStore('bundles').delete(id))
}

/** Deliver what waits, each by itself; the answer for a phone that is this one is taken in at once. */
export async function deliver(outbox: Outbox, by: Account, send: SendBundle): Promise<void> {
  const waiting = (await carried(outbox)).filter(({ state }) => state === 'waiting')
  if (waiting.length === 0) return
  const key = await outbox.vault.serverKey(by)
  for (const one of waiting) {
    try {
      const answer = await send(one.bundle, key)
      await outbox.database.write((tx) => tx.objectStore('bundles').put({ ...one, state: 'delivered', answer }))
      await takeAnswer(outbox, answer)
    } catch (error) {
      if (!(error instanceof Refused) || !isFinal(error.status)) return // no line, or not now: it waits
      const reason = error.reason
      await outbox.database.write((tx) => tx.objectStore('bundles').put({ ...one, state: 'refused', reason }))
    }
  }
}

/** Tell a no to the bundle from a no to whoever carries it, and from a server that is busy. */
const isFinal = (status: number) => status >= 400 && status < 500 && ![401, 404, 408, 429].includes(status)
