/** The outbox: what a helper has recorded, kept until the server has signed for it and seven days longer. */
import type { Clock } from './clock'
import { stamp } from './clock'
import { Database, type Write } from './database'
import { photoIsPending } from './photo_rules'
import { type Receipt, type ReceiptKey, verified } from './receipt'
import {
  type Account,
  type Answer,
  type Draft,
  isPast,
  isPending,
  type Reason,
  type Row,
  recalled,
  settled,
} from './rules'
import { type Answers, type AssistForm, assistXml, sha256 } from './xml'

/** What a record is made from. */
export interface NewRecord extends Pick<Row, 'id' | 'owner' | 'answers' | 'replaces' | 'form'> {
  remakes: string | null
}

export interface Counts {
  /** All that is on this phone. */
  kept: number
  unsent: number
  received: number
  /** Returned, and not yet made anew. */
  returned: number
}

const ownerRange = (owner: string) => IDBKeyRange.bound([owner], [owner, []])

/** Give the photos of a record that the server would not take to the one that was made in its place. */
async function movePhotos(tx: Write, from: string, to: string): Promise<void> {
  const photos = tx.objectStore('photos')
  for (const photo of await photos.index('record').getAll(from)) {
    if (photoIsPending(photo)) await photos.put({ ...photo, record: to })
  }
}

/** Tell whether photos of a record still wait to be sent: until then a person must find them beside it. */
async function hasPhotos(tx: Write, record: string): Promise<boolean> {
  return (await tx.objectStore('photos').index('record').getAll(record)).some(photoIsPending)
}

export class Outbox {
  readonly database: Database

  constructor(
    readonly clock: Clock,
    name = 'raquan-field',
  ) {
    this.database = new Database(name)
  }

  /** Keep a draft as it stands; called at every change. */
  keepDraft(draft: Draft): Promise<void> {
    return this.database.write(async (tx) => {
      const known = await tx.objectStore('records').getKey(draft.id)
      if (known === undefined) await tx.objectStore('drafts').put(draft) // a saved record has no draft any more
    })
  }

  draft(owner: string, place: string): Promise<Draft | undefined> {
    return this.database.read((db) => db.get('drafts', [owner, place]))
  }

  drafts(owner: string): Promise<Draft[]> {
    return this.database.read((db) => db.getAll('drafts', ownerRange(owner)))
  }

  dropDraft(owner: string, place: string): Promise<void> {
    return this.database.write((tx) => tx.objectStore('drafts').delete([owner, place]))
  }

  /**
   * Save a draft as a record, with the owner's next number; resolves when the disk has it.
   * The same draft again is the same record, whatever happened to the first answer.
   */
  async save(draft: Draft, answers: Answers, form: AssistForm): Promise<Row> {
    const payload = assistXml(form, draft.id, draft.started, answers, draft.replaces)
    return this.add({ ...draft, answers }, payload, (tx) => tx.objectStore('drafts').delete([draft.owner, draft.place]))
  }

  /** Add a record with the owner's next number, and in the same write whatever belongs to it. */
  async add(made: NewRecord, payload: string, also: (tx: Write) => Promise<void>): Promise<Row> {
    const anchor = (await this.database.meta('anchor')) ?? null
    const at = stamp(this.clock, anchor)
    const hash = await sha256(payload)
    return this.database.write(async (tx) => {
      const records = tx.objectStore('records')
      const known = await records.get(made.id)
      if (known) return known
      const account = await tx.objectStore('accounts').get(made.owner)
      if (!account) throw new Error(`no account ${made.owner} on this phone`)
      const seq = account.lastSeq + 1
      const { id, owner, answers, replaces, form } = made
      const row: Row = {
        ...{ id, owner, seq, state: 'saved', payload, sha256: hash, clock: at, answers, replaces },
        ...{ attempts: 0, trouble: null, reason: null, receipt: null, receivedAt: null, acknowledged: null },
        ...{ recalls: 0, remadeAs: null, ...(form ? { form } : {}) },
      }
      await records.add(row)
      await tx.objectStore('accounts').put({ ...account, lastSeq: seq })
      const returned = made.remakes ? await records.get(made.remakes) : undefined
      if (returned?.state === 'returned') {
        await records.put({ ...returned, remadeAs: row.id })
        await movePhotos(tx, returned.id, row.id)
      }
      await also(tx)
      return row
    })
  }

  /** Give an owner's records, the newest first. */
  async records(owner: string): Promise<Row[]> {
    return (await this.#all(owner)).reverse()
  }

  async pending(owner: string): Promise<Row[]> {
    return (await this.#all(owner)).filter(isPending)
  }

  async counts(owner: string): Promise<Counts> {
    return this.database.read(async (db) => {
      const index = db.transaction('records').store.index('owner_state')
      const count = (state: string) => index.count(IDBKeyRange.only([owner, state]))
      const back = index.getAll(IDBKeyRange.only([owner, 'returned']))
      const [saved, sent, received, returned] = await Promise.all([
        count('saved'),
        count('sent'),
        count('received'),
        back,
      ])
      const open = returned.filter((row) => !row.remadeAs).length
      return { kept: saved + sent + received + returned.length, unsent: saved + sent, received, returned: open }
    })
  }

  /** Note that records are on their way. */
  leaving(rows: readonly Row[]): Promise<void> {
    return this.#change(rows, (row) => (isPending(row) ? { ...row, state: 'sent', attempts: row.attempts + 1 } : row))
  }

  /** Note that no answer came; they stay to be sent again. */
  failed(rows: readonly Row[], trouble: Reason | null): Promise<void> {
    return this.#change(rows, (row) => (row.state === 'sent' ? { ...row, state: 'saved', trouble } : row))
  }

  /** Take a returned record up again as it is. */
  sendAgain(row: Row): Promise<void> {
    return this.#change([row], (now) =>
      now.state === 'returned' && !now.remadeAs ? { ...now, state: 'saved', reason: null } : now,
    )
  }

  /** Take in the server's answer to these records; only verified receipts make them received. */
  async settle(account: Account, rows: readonly Row[], answer: Answer): Promise<void> {
    const verdicts = new Map(answer.verdicts.map((verdict) => [verdict.id, verdict]))
    const receipts = new Map<string, Receipt | null>()
    for (const row of rows) {
      receipts.set(row.id, await verified(verdicts.get(row.id)?.receipt, account.receiptKeys, row))
    }
    await this.database.write(async (tx) => {
      const records = tx.objectStore('records')
      for (const { id, sha256: sent } of rows) {
        const row = await records.get(id)
        const verdict = verdicts.get(id)
        if (row?.sha256 !== sent) continue
        const silent: Row = { ...row, state: row.state === 'sent' ? 'saved' : row.state }
        await records.put(verdict ? settled(row, verdict, receipts.get(id) ?? null, answer.server_time) : silent)
      }
      const ids = new Set(rows.map((row) => row.id))
      for await (const cursor of records.index('owner_seq').iterate(ownerRange(account.clientId))) {
        const row = cursor.value
        if (ids.has(row.id)) continue
        const now = recalled(row, answer)
        if (now !== row) await cursor.update(now)
        else if (isPast(row, answer.server_time) && !(await hasPhotos(tx, row.id))) await cursor.delete()
      }
    })
  }

  accounts(): Promise<Account[]> {
    return this.database.read((db) => db.getAll('accounts'))
  }

  account(clientId: string): Promise<Account | undefined> {
    return this.database.read((db) => db.get('accounts', clientId))
  }

  /** Keep an account; its number and its receipt keys only grow. */
  keepAccount(fresh: Account): Promise<Account> {
    return this.database.write(async (tx) => {
      const accounts = tx.objectStore('accounts')
      const old = await accounts.get(fresh.clientId)
      const keys = [...fresh.receiptKeys, ...(old?.receiptKeys ?? [])]
      const receiptKeys = keys.filter((key, at) => keys.findIndex((other) => other.kid === key.kid) === at)
      const kept = { ...fresh, receiptKeys, lastSeq: Math.max(fresh.lastSeq, old?.lastSeq ?? 0) }
      await accounts.put(kept)
      return kept
    })
  }

  async bar(clientId: string, barred: Reason): Promise<void> {
    const account = await this.account(clientId)
    if (account) await this.keepAccount({ ...account, barred })
  }

  async learnKey(clientId: string, key: ReceiptKey): Promise<void> {
    const account = await this.account(clientId)
    const known = account?.receiptKeys.some(({ kid }) => kid === key.kid)
    if (account && !known) await this.keepAccount({ ...account, receiptKeys: [key, ...account.receiptKeys] })
  }

  #all(owner: string): Promise<Row[]> {
    return this.database.read((db) => db.getAllFromIndex('records', 'owner_seq', ownerRange(owner)))
  }

  #change(rows: readonly Row[], change: (row: Row) => Row): Promise<void> {
    return this.database.write(async (tx) => {
      const records = tx.objectStore('records')
      for (const { id } of rows) {
        const row = await records.get(id)
        if (row) await records.put(change(row))
      }
    })
  }
}
