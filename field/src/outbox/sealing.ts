/** What lies beside an account's records, locked with them: the bytes of photos, and drafts of other forms. */
import type { Database } from './database'
import type { FormDraft, FormFile, KeptFormDraft } from './forms'
import type { PhotoRow } from './photo_rules'
import { type Bytes, utf8, type Vault, written } from './vault'

export async function sealedForm(vault: Vault, draft: FormDraft): Promise<KeptFormDraft> {
  const { xml, ...rest } = draft
  const seal = async (file: FormFile) => ({ ...file, bytes: await vault.seal(draft.owner, file.bytes) })
  const sealed = xml === null ? null : await vault.seal(draft.owner, utf8(xml))
  return { ...rest, files: await Promise.all(rest.files.map(seal)), sealed }
}

export async function openedForm(vault: Vault, kept: KeptFormDraft): Promise<FormDraft> {
  if (!('sealed' in kept)) return kept
  const { sealed, ...rest } = kept
  const open = async (file: FormFile) => ({ ...file, bytes: await vault.open(kept.owner, file.bytes) })
  const xml = sealed && written(await vault.open(kept.owner, sealed))
  return { ...rest, files: await Promise.all(rest.files.map(open)), xml }
}

/** Give a photo's bytes; its row is read anew, for it may have been sealed or handed over meanwhile. */
export async function photoBytes(database: Database, vault: Vault, id: string): Promise<Bytes | null> {
  const [row, kept] = await database.read(async (db) => {
    const tx = db.transaction(['photos', 'photo_bytes'])
    return Promise.all([tx.objectStore('photos').get(id), tx.objectStore('photo_bytes').get(id)])
  })
  return row?.isSealed && kept ? vault.open(row.owner, kept) : (kept ?? null)
}

/** Seal what still lies open; may be cut off anywhere and is then begun again. */
export async function sealBeside(database: Database, vault: Vault, owner: string): Promise<void> {
  const photos = await database.read((db) => db.getAllFromIndex('photos', 'owner', owner))
  for (const photo of photos.filter((one) => !one.isSealed)) await sealPhoto(database, vault, photo)
  const drafts = await database.read((db) => db.getAll('form_drafts', IDBKeyRange.bound([owner], [owner, []])))
  for (const draft of drafts) {
    if ('sealed' in draft) continue
    const kept = await sealedForm(vault, draft)
    await database.write(async (tx) => {
      const now = await tx.objectStore('form_drafts').get([owner, draft.place])
      // Changed in this moment: it is sealed by its next change, or the next time.
      if (now && !('sealed' in now) && now.id === draft.id && now.xml === draft.xml) {
        await tx.objectStore('form_drafts').put(kept)
      }
    })
  }
}

async function sealPhoto(database: Database, vault: Vault, { id, owner }: PhotoRow): Promise<void> {
  const open = await database.read((db) => db.get('photo_bytes', id))
  const kept = open && (await vault.seal(owner, open))
  await database.write(async (tx) => {
    const now = await tx.objectStore('photos').get(id)
    if (!now || now.isSealed) return // taken away, or sealed from another window
    if (kept) await tx.objectStore('photo_bytes').put(kept, id)
    await tx.objectStore('photos').put({ ...now, isSealed: true })
  })
}
