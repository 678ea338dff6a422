/** Hands all of one account over to another of the same person: a new code must not strand what an old one recorded. */
import type { Outbox } from './outbox'
import { joined, standing } from './outbox'
import type { Account, Body, KeptDraft, KeptRow } from './rules'
import { type Bytes, utf8 } from './vault'

/**
 * Move records and drafts of `from` to `to`, all or nothing, and end `from`; both must be open.
 * Records get the next numbers of `to`: its device has never sent those of `from`.
 */
export async function adopt(outbox: Outbox, from: Account, to: Account): Promise<void> {
  const [owner, old] = [to.clientId, from.clientId]
  const bodies = new Map<string, Body | { sealed: Bytes }>()
  for (const { id, payload, clock, answers } of await outbox.records(old)) {
    bodies.set(id, await sealed(outbox, to, { payload, clock, answers }))
  }
  const drafts: KeptDraft[] = []
  const taken = new Set((await outbox.drafts(owner)).map((draft) => draft.place))
  for (const draft of await outbox.drafts(old)) {
    const place = taken.has(draft.place) ? `${draft.place} ${draft.id}` : draft.place
    const moved = { ...draft, owner, place }
    drafts.push({ owner, place, id: draft.id, ...(await sealed(outbox, to, moved)) })
  }
  await outbox.database.write(async (tx) => {
    const accounts = tx.objectStore('accounts')
    const now = await accounts.get(owner)
    const range = IDBKeyRange.bound([old], [old, []])
    const rows: KeptRow[] = await tx.objectStore('records').index('owner_seq').getAll(range)
    if (!now || rows.length !== bodies.size) throw new Error('changed in this moment: another time')
    let seq = now.lastSeq
    for (const row of rows) {
      seq++
      await tx.objectStore('records').put({ ...standing(row), ...(bodies.get(row.id) as Body), owner, seq })
    }
    await tx.objectStore('drafts').delete(range)
    for (const draft of drafts) await tx.objectStore('drafts').put(draft)
    await accounts.put({ ...now, lastSeq: seq, receiptKeys: joined(now.receiptKeys, from.receiptKeys) })
    for (const store of ['accounts', 'keys', 'days'] as const) await tx.objectStore(store).delete(old)
  })
}

async function sealed<Said extends object>(outbox: Outbox, to: Account, said: Said): Promise<Said | { sealed: Bytes }> {
  return to.lock ? { sealed: await outbox.vault.seal(to.clientId, utf8(JSON.stringify(said))) } : said
}
