/** Carries the outbox to the server in batches and brings the answers back; every step may fail and is then repeated. */
import { Refused } from '../line'
import { anchorFrom, isoWithOffset } from './clock'
import type { Outbox } from './outbox'
import { type Account, type Answer, MAX_ITEMS, nextBatch, type Row } from './rules'

export interface Item {
  kind: 'assist' | 'form'
  id: string
  seq: number
  payload: string
  sha256: string
  clock: Row['clock']
}

export interface Envelope {
  schema: 1
  client_id: string
  app: string
  sent_at: string
  items: Item[]
}

/** Bring an envelope to the server; throws `Refused` on a no, anything else when no answer came. */
export type Send = (envelope: Envelope, key: string) => Promise<Answer>

/**
 * `sent`: nothing more to do. `later`: no line, try again. `stuck`: some stay, each with its trouble.
 * `barred`: the key is no longer taken. `outdated`: app and server speak different versions.
 */
export type Outcome = 'sent' | 'later' | 'stuck' | 'barred' | 'outdated'

const TOO_MUCH = new Set([400, 413])

export async function flush(outbox: Outbox, account: Account, send: Send, app: string): Promise<Outcome> {
  const tried = new Set<string>()
  let limit = MAX_ITEMS
  let stuck = false
  for (;;) {
    const batch = nextBatch(await outbox.pending(account.clientId), tried, limit)
    if (batch.length === 0) return stuck ? 'stuck' : 'sent'
    try {
      await carry(outbox, account, batch, send, app)
      for (const row of batch) tried.add(row.id)
    } catch (error) {
      const refusal = error instanceof Refused ? error : null
      const alone = refusal !== null && TOO_MUCH.has(refusal.status) && batch.length === 1
      await outbox.failed(batch, alone ? refusal.reason : null)
      if (refusal?.status === 401) {
        await outbox.bar(account.clientId, refusal.reason)
        return 'barred'
      }
      if (refusal?.status === 422) return 'outdated'
      if (!refusal || !TOO_MUCH.has(refusal.status)) return 'later'
      // One bad record must not hold the others back: halve until it stands alone, then step over it.
      if (alone) tried.add((batch[0] as Row).id)
      stuck ||= alone
      limit = alone ? MAX_ITEMS : Math.ceil(batch.length / 2)
    }
  }
}

async function carry(outbox: Outbox, account: Account, batch: Row[], send: Send, app: string): Promise<void> {
  const { clock, database } = outbox
  await outbox.leaving(batch)
  const askedAt = clock.mono()
  const items = batch.map(itemOf)
  const sent_at = isoWithOffset(clock.wall())
  const answer = await send(
    { schema: 1, client_id: account.clientId, app, sent_at, items },
    await outbox.vault.serverKey(account),
  )
  const anchor = anchorFrom(clock, answer.server_time, askedAt)
  await outbox.settle(account, batch, answer)
  await database.setMeta('anchor', anchor)
  await database.setMeta('lastSentMs', clock.wall())
}

export const itemOf = ({ id, seq, payload, sha256, clock, form }: Row): Item => {
  return { kind: form ? 'form' : 'assist', id, seq, payload, sha256, clock }
}
