/** Hands all of one account over to another of the same person: a new code must not strand what an old one recorded. */
import type { Write } from './database'
import type { KeptFormDraft } from './forms'
import type { Outbox } from './outbox'
import { joined, standing } from './outbox'
import type { Account, Body, KeptDraft, KeptRow } from './rules'
import { openedForm, photoBytes, sealedForm } from './sealing'
import { type Bytes, utf8 } from './vault'

/** What lies beside the records, as it is to be kept for the new owner. */
interface Beside {
  forms: KeptFormDraft[]
  /** The bytes of each photo, by its id. */
  photos: Map<string, Bytes | null>
}

/**
 * Move records, photos and drafts of `from` to `to`, all or nothing, and end `from`; both must be open.
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
  const beside = await besideFor(outbox, old, to)
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
    await moveBeside(tx, old, to, beside)
    await accounts.put({ ...now, lastSeq: seq, receiptKeys: joined(now.receiptKeys, from.receiptKeys) })
    for (const store of ['accounts', 'keys', 'days'] as const) await tx.objectStore(store).delete(old)
  })
}

async function besideFor(outbox: Outbox, old: string, to: Account): Promise<Beside> {
  const { database, vault } = outbox
  const range = (owner: string) => IDBKeyRange.bound([owner], [owner, []])
  const photos = new Map<string, Bytes | null>()
  for (const { id } of await database.read((db) => db.getAllFromIndex('photos', 'owner', old))) {
    const bytes = await photoBytes(database, vault, id)
    photos.set(id, bytes && to.lock ? await vault.seal(to.clientId, bytes) : bytes)
  }
  const taken = new Set((await database.read((db) => db.getAllKeys('form_drafts', range(to.clientId)))).map(String))
  const forms: KeptFormDraft[] = []
  for (const kept of await database.read((db) => db.getAll('form_drafts', range(old)))) {
    const draft = { ...(await openedForm(vault, kept)), owner: to.clientId }
    const isTaken = taken.has(String([draft.owner, draft.place]))
    const moved = isTaken ? { ...draft, place: `${draft.place} ${draft.id}` } : draft
    forms.push(to.lock ? await sealedForm(vault, moved) : moved)
  }
  return { forms, photos }
}

async function moveBeside(tx: Write, old: string, to: Account, { forms, photos }: Beside): Promise<void> {
  const rows = await tx.objectStore('photos').index('owner').getAll(old)
  if (rows.length > photos.size) throw new Error('a photo was added in this moment: another time')
  for (const row of rows) {
    const bytes = photos.get(row.id)
    if (bytes) await tx.objectStore('photo_bytes').put(bytes, row.id)
    await tx.objectStore('photos').put({ ...row, owner: to.clientId, isSealed: to.lock !== undefined })
  }
  await tx.objectStore('form_drafts').delete(IDBKeyRange.bound([old], [old, []]))
  for (const draft of forms) await tx.objectStore('form_drafts').put(draft)
}

async function sealed<Said extends object>(outbox: Outbox, to: Account, said: Said): Promise<Said | { sealed: Bytes }> {
  return to.lock ? { sealed: await outbox.vault.seal(to.clientId, utf8(JSON.stringify(said))) } : said
}
