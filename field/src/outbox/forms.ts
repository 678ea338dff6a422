/** Any other form on the phone: kept in each version that is in use, its drafts, and the record that one becomes. */
import type { Outbox } from './outbox'
import type { PhotoSaid } from './photo_rules'
import { type Photos, putPhoto } from './photos'
import type { FormName, Row } from './rules'
import { openedForm, sealedForm } from './sealing'
import type { Bytes } from './vault'
import { type Answers, xmlText } from './xml'

export interface KeptForm extends FormName {
  md5: string
  xml: string
}

/** A file that the answers name. */
export interface FormFile {
  name: string
  type: string
  bytes: Bytes
}

/** A form that is being filled in; `xml` are the answers so far, none before the first change. */
export interface FormDraft {
  owner: string
  /** One draft a form, and one a record that is being corrected. */
  place: string
  id: string
  form: FormName
  xml: string | null
  files: FormFile[]
  replaces: string | null
  remakes: string | null
}

/** A draft on the disk: its answers and files sealed, or as they are while no code locks its account yet. */
export type KeptFormDraft = FormDraft | (Omit<FormDraft, 'xml'> & { sealed: Bytes | null })

/** A record of another form has no answers of an assist. */
const NO_ANSWERS: Answers = { outing: '', service: '', group: '', result: '', how: '', bottleneck: null, language: '' }
const IN_ANSWERS: PhotoSaid = { consent: 'in_answers', agreedBy: [], illustration: false, caption: '' }
const META = /<(?:[\w.-]+:)?(instanceID|deprecatedID)(?:\s[^>]*)?(?:\/>|>[^<]*<\/(?:[\w.-]+:)?\1\s*>)/g

/** Give answers the record's own id, and name in them the record that they correct, or none. */
export function asRecord(xml: string, id: string, replaces: string | null): string {
  let named = false
  const made = xml.replace(META, (whole, name: string) => {
    if (name === 'deprecatedID' || named) return ''
    named = true
    const prefix = /^<([\w.-]+:)?/.exec(whole)?.[1] ?? ''
    const tag = (local: string, text: string) => `<${prefix}${local}>${xmlText(text)}</${prefix}${local}>`
    return tag('instanceID', id) + (replaces ? tag('deprecatedID', replaces) : '')
  })
  if (!named) throw new Error('the answers have no instanceID')
  return made
}

export function newFormDraft(owner: string, place: string, form: FormName): FormDraft {
  const { id, version, title } = form
  const name = { id, version, title }
  return {
    owner,
    place,
    id: `uuid:${crypto.randomUUID()}`,
    form: name,
    xml: null,
    files: [],
    replaces: null,
    remakes: null,
  }
}

/** Begin to put a record right: what the server has is corrected, what it returned is made anew. */
export function correcting(row: Row, form: FormName, files: FormFile[]): FormDraft {
  const link = row.state === 'returned' ? { remakes: row.id } : { replaces: row.id }
  return { ...newFormDraft(row.owner, `fix:${row.id}`, form), xml: row.payload, files, ...link }
}

export class Forms {
  constructor(
    readonly outbox: Outbox,
    readonly album: Photos,
  ) {}

  /** Keep a form that was fetched; versions that nobody fills in any more go. */
  keep(form: KeptForm): Promise<void> {
    return this.outbox.database.write(async (tx) => {
      const store = tx.objectStore('forms')
      const drafts = await tx.objectStore('form_drafts').getAll()
      for (const old of await store.getAll()) {
        const isUsed = drafts.some((draft) => draft.form.id === old.id && draft.form.version === old.version)
        if (old.id === form.id && !isUsed) await store.delete([old.id, old.version])
      }
      await store.put(form)
    })
  }

  kept(id: string, version: string): Promise<KeptForm | undefined> {
    return this.outbox.database.read((db) => db.get('forms', [id, version]))
  }

  async draft(owner: string, place: string): Promise<FormDraft | undefined> {
    const kept = await this.outbox.database.read((db) => db.get('form_drafts', [owner, place]))
    return kept && openedForm(this.outbox.vault, kept)
  }

  /** Give the places at which an owner has drafts. */
  async places(owner: string): Promise<string[]> {
    const range = IDBKeyRange.bound([owner], [owner, []])
    return (await this.outbox.database.read((db) => db.getAllKeys('form_drafts', range))).map(([, place]) => place)
  }

  /** Keep a draft as it stands; called at every change. */
  async keepDraft(draft: FormDraft): Promise<void> {
    const isLocked = (await this.outbox.account(draft.owner))?.lock !== undefined
    const kept = isLocked ? await sealedForm(this.outbox.vault, draft) : draft
    return this.outbox.database.write(async (tx) => {
      const known = await tx.objectStore('records').getKey(draft.id)
      if (known === undefined) await tx.objectStore('form_drafts').put(kept) // a saved record has no draft any more
    })
  }

  dropDraft({ owner, place }: FormDraft): Promise<void> {
    return this.outbox.database.write((tx) => tx.objectStore('form_drafts').delete([owner, place]))
  }

  /** Save a draft as a record with its files, all or nothing; resolves when the disk has it. */
  async save(draft: FormDraft, xml: string, files: readonly FormFile[], taken: string): Promise<Row> {
    const { id, owner, form, replaces, remakes, place } = draft
    const photos = await Promise.all(
      files.map((file) => this.album.make(owner, id, file.bytes, { ...IN_ANSWERS, name: file.name }, taken)),
    )
    const made = { id, owner, answers: NO_ANSWERS, replaces, remakes, form }
    const payloadFor = (corrected: string | null) => asRecord(xml, id, corrected)
    return this.outbox.add(made, payloadFor, async (tx) => {
      for (const photo of photos) await putPhoto(tx, photo)
      await tx.objectStore('form_drafts').delete([owner, place])
    })
  }
}
