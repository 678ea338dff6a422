/** The field app's database: its stores, and how they came to be. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import type { Carried } from './carrier'
import type { KeptAnchor } from './clock'
import { Disk, type WriteTo } from './disk'
import type { KeptForm, KeptFormDraft } from './forms'
import type { PhotoRow } from './photo_rules'
import type { Account, KeptDraft, KeptRow } from './rules'
import type { Lock, OpenKey } from './vault'

export interface Schema extends DBSchema {
  accounts: { key: string; value: Account }
  records: { key: string; value: KeptRow; indexes: { owner_seq: [string, number]; owner_state: [string, string] } }
  drafts: { key: [string, string]; value: KeptDraft }
  /** What the server last told each account about its day. */
  days: { key: string; value: { owner: string; etag: string | null; day: unknown } }
  meta: { key: string; value: unknown }
  /** What is known of each photo; its bytes lie apart, so that a list of photos does not fill the memory. */
  photos: { key: string; value: PhotoRow; indexes: { owner: string; record: string } }
  photo_bytes: { key: string; value: Uint8Array<ArrayBuffer> }
  /** Other forms, each version as it was published. */
  forms: { key: [string, string]; value: KeptForm }
  form_drafts: { key: [string, string]; value: KeptFormDraft }
  /** The data keys that are open; the worker sweeps it too. */
  keys: { key: string; value: OpenKey }
  /** What is carried for other phones. */
  bundles: { key: string; value: Carried }
}

export interface Meta {
  anchor: KeptAnchor
  current: string
  lastSentMs: number
  settings: { scale: number; contrast: boolean; language: string }
  /** The sign-in that was begun and may have reached the server: the same code must meet the same device. */
  signingIn: { clientId: string; lock: Lock }
}

export type Write = WriteTo<Schema>

const ALL: StoreNames<Schema>[] = [
  ...(['accounts', 'records', 'drafts', 'days', 'meta', 'keys', 'bundles'] as const),
  ...(['photos', 'photo_bytes', 'forms', 'form_drafts'] as const),
]

export class Database extends Disk<Schema> {
  constructor(name: string) {
    super(name, 2, ALL, (db, from, _to, tx) => {
      if (from < 1) first(db)
      if (from < 2) second(db, tx)
    })
  }

  async meta<K extends keyof Meta>(key: K): Promise<Meta[K] | undefined> {
    return (await this.read((db) => db.get('meta', key))) as Meta[K] | undefined
  }

  setMeta<K extends keyof Meta>(key: K, value: Meta[K]): Promise<void> {
    return this.write(async (tx) => {
      await tx.objectStore('meta').put(value, key)
    })
  }
}

function first(db: IDBPDatabase<Schema>): void {
  db.createObjectStore('accounts', { keyPath: 'clientId' })
  const records = db.createObjectStore('records', { keyPath: 'id' })
  records.createIndex('owner_seq', ['owner', 'seq'], { unique: true })
  records.createIndex('owner_state', ['owner', 'state'])
  db.createObjectStore('drafts', { keyPath: ['owner', 'place'] })
  db.createObjectStore('days', { keyPath: 'owner' })
  db.createObjectStore('meta')
}

/** Rows stay as they are: sealing takes longer than an upgrade may, and each account's code is asked for first. */
function second(db: IDBPDatabase<Schema>, tx: IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>): void {
  db.createObjectStore('keys', { keyPath: 'owner' })
  db.createObjectStore('bundles', { keyPath: 'id' })
  const photos = db.createObjectStore('photos', { keyPath: 'id' })
  photos.createIndex('owner', 'owner')
  photos.createIndex('record', 'record')
  db.createObjectStore('photo_bytes')
  db.createObjectStore('forms', { keyPath: ['id', 'version'] })
  db.createObjectStore('form_drafts', { keyPath: ['owner', 'place'] })
  // A quick hash of a code and a person's last answers stood there in plain.
  for (const name of ['signingIn', 'last']) void tx.objectStore('meta').delete(name)
}
