/** The outbox: what a helper has recorded, kept until the server has signed for it and seven days longer. */
import type { Clock } from './clock'
import { stamp } from './clock'
import { Database, type Write } from './database'
import { photoIsPending } from './photo_rules'
import { type PublicKey, type Receipt, verified } from './receipt'
import {
  type Account,
  type Answer,
  type Body,
  type Draft,
  isPast,
  isPending,
  type KeptDraft,
  type KeptRow,
  linked,
  type Reason,
  type Row,
  recalled,
  type Standing,
  settled,
} from './rules'
import { sealBeside } from './sealing'
import { type Bytes, ITERATIONS, sealWith, utf8, Vault, written } from './vault'
import { type Answers, type AssistForm, assistXml, sha256, withChance } from './xml'

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
  readonly vault: Vault
  /** Of each owner the records that were opened: what they say never changes. */
  #opened = new Map<string, Map<string, Body>>()
  /** Drafts are written one after the other: sealing must not let an older one come last. */
  #writing: Promise<unknown> = Promise.resolve()

  /** `rounds` is how long a code is chewed on; tests have less time. */
  constructor(
    readonly clock: Clock,
    name = 'raquan-field',
    rounds = ITERATIONS,
  ) {
    this.database = new Database(name)
    this.vault = new Vault(this.database, () => clock.wall(), rounds)
  }

  /** Keep a draft as it stands; called at every change. */
  keepDraft(draft: Draft): Promise<void> {
    return this.#inTurn(async () => {
      const kept = await this.#sealDraft(draft)
      await this.database.write(async (tx) => {
        const known = await tx.objectStore('records').getKey(draft.id)
        if (known === undefined) await tx.objectStore('drafts').put(kept) // a saved record has no draft any more
      })
    })
  }

  async draft(owner: string, place: string): Promise<Draft | undefined> {
    const kept = await this.database.read((db) => db.get('drafts', [owner, place]))
    return kept && this.#openDraft(kept)
  }

  async drafts(owner: string): Promise<Draft[]> {
    const kept = await this.database.read((db) => db.getAll('drafts', ownerRange(owner)))
    return Promise.all(kept.map((one) => this.#openDraft(one)))
  }

  dropDraft(owner: string, place: string): Promise<void> {
    return this.#inTurn(() => this.database.write((tx) => tx.objectStore('drafts').delete([owner, place])))
  }

  /**
   * Save a draft as a record, with the owner's next number; resolves when the disk has it.
   * The same draft again is the same record, whatever happened to the first answer.
   */
  save(draft: Draft, answers: Answers, form: AssistForm): Promise<Row> {
    const payloadFor = (replaces: string | null) => assistXml(form, draft.id, draft.started, answers, replaces)
    return this.add({ ...draft, answers }, payloadFor, (tx) =>
      tx.objectStore('drafts').delete([draft.owner, draft.place]),
    )
  }

  /**
   * Add a record with the owner's next number, and in the same write whatever belongs to it.
   * `payloadFor` writes it as a correction of what it turns out to correct.
   */
  async add(
    made: NewRecord,
    payloadFor: (replaces: string | null) => string,
    also: (tx: Write) => Promise<void>,
  ): Promise<Row> {
    const { id, owner, answers, form } = made
    const isFirst = !made.replaces && !made.remakes
    const { replaces, remakes } = isFirst ? made : linked(made, await this.#kept(owner))
    const payload = withChance(payloadFor(replaces))
    const anchor = (await this.database.meta('anchor')) ?? null
    const said = await this.#sealBody(owner, { payload, clock: stamp(this.clock, anchor), answers })
    const hash = await sha256(payload)
    const kept = await this.database.write(async (tx) => {
      const records = tx.objectStore('records')
      const known = await records.get(id)
      if (known) return known
      const account = await tx.objectStore('accounts').get(owner)
      if (!account) throw new Error(`no account ${owner} on this phone`)
      const seq = account.lastSeq + 1
      const standing: Standing = {
        ...{ id, owner, seq, state: 'saved', sha256: hash, replaces, attempts: 0, trouble: null, reason: null },
        ...{ receipt: null, receivedAt: null, acknowledged: null, recalls: 0, remadeAs: null },
        ...(form ? { form } : {}),
      }
      const row = { ...standing, ...said }
      await records.add(row)
      await tx.objectStore('accounts').put({ ...account, lastSeq: seq })
      const returned = remakes ? await records.get(remakes) : undefined
      if (returned?.state === 'returned') {
        await records.put({ ...returned, remadeAs: row.id })
        await movePhotos(tx, returned.id, row.id)
      }
      await also(tx)
      return row
    })
    return this.#openRow(kept)
  }

  /** Give an owner's records, the newest first. */
  async records(owner: string): Promise<Row[]> {
    return (await this.#all(owner)).reverse()
  }

  async pending(owner: string): Promise<Row[]> {
    const kept = await this.#kept(owner)
    return Promise.all(kept.filter(isPending).map((row) => this.#openRow(row)))
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
  leaving(rows: readonly Standing[]): Promise<void> {
    return this.#change(rows, (row) => (isPending(row) ? { ...row, state: 'sent', attempts: row.attempts + 1 } : row))
  }

  /** Note that no answer came; they stay to be sent again. */
  failed(rows: readonly Standing[], trouble: Reason | null): Promise<void> {
    return this.#change(rows, (row) => (row.state === 'sent' ? { ...row, state: 'saved', trouble } : row))
  }

  /** Take a returned record up again as it is. */
  sendAgain(row: Standing): Promise<void> {
    return this.#change([row], (now) =>
      now.state === 'returned' && !now.remadeAs ? { ...now, state: 'saved', reason: null } : now,
    )
  }

  /** Take in the server's answer to these records; only verified receipts make them received. */
  async settle(account: Account, rows: readonly Standing[], answer: Answer): Promise<void> {
    await this.#judge(account, rows, answer)
    const ids = new Set(rows.map((row) => row.id))
    await this.database.write(async (tx) => {
      const records = tx.objectStore('records')
      for await (const cursor of records.index('owner_seq').iterate(ownerRange(account.clientId))) {
        const row = cursor.value
        if (ids.has(row.id)) continue
        const now = recalled(row, answer)
        if (now !== row) await cursor.update(now)
        else if (isPast(row, answer.server_time) && !(await hasPhotos(tx, row.id))) await cursor.delete()
      }
    })
  }

  /** Take in an answer that was carried here. It may be old: it recalls nothing and clears nothing away. */
  async settleCarried(account: Account, answer: Answer): Promise<{ settled: number; refused: number }> {
    const told = new Set(answer.verdicts.map(({ id }) => id))
    const before = (await this.#kept(account.clientId)).filter((row) => told.has(row.id) && isPending(row))
    await this.#judge(account, before, answer)
    const ids = new Set(before.map(({ id }) => id))
    const after = (await this.#kept(account.clientId)).filter(({ id }) => ids.has(id))
    const count = (state: Standing['state']) => after.filter((row) => row.state === state).length
    return { settled: count('received'), refused: count('returned') }
  }

  async #judge(account: Account, rows: readonly Standing[], answer: Answer): Promise<void> {
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
        const silent: KeptRow = { ...row, state: row.state === 'sent' ? 'saved' : row.state }
        await records.put(verdict ? settled(row, verdict, receipts.get(id) ?? null, answer.server_time) : silent)
      }
    })
  }

  accounts(): Promise<Account[]> {
    return this.database.read((db) => db.getAll('accounts'))
  }

  account(clientId: string): Promise<Account | undefined> {
    return this.database.read((db) => db.get('accounts', clientId))
  }

  /** Keep an account; its number and its receipt keys only grow, and a lock that seals its records is never replaced. */
  keepAccount(fresh: Account): Promise<Account> {
    return this.database.write(async (tx) => {
      const accounts = tx.objectStore('accounts')
      const old = await accounts.get(fresh.clientId)
      if (old?.lock && String(old.lock.wrapped) !== String(fresh.lock?.wrapped)) throw new Error('locked otherwise')
      const receiptKeys = joined(fresh.receiptKeys, old?.receiptKeys ?? [])
      const bundleKey = fresh.bundleKey ?? old?.bundleKey
      const kept = { ...fresh, receiptKeys, bundleKey, lastSeq: Math.max(fresh.lastSeq, old?.lastSeq ?? 0) }
      await accounts.put(kept)
      return kept
    })
  }

  bar(clientId: string, barred: Reason): Promise<void> {
    return this.#changeAccount(clientId, (account) => ({ ...account, barred }))
  }

  /** Keep the keys that the server shows with each day. */
  learnKeys(clientId: string, receiptKey: PublicKey | undefined, bundleKey: PublicKey | undefined): Promise<void> {
    return this.#changeAccount(clientId, (account) => {
      const receiptKeys = joined(receiptKey ? [receiptKey] : [], account.receiptKeys)
      return { ...account, receiptKeys, bundleKey: bundleKey ?? account.bundleKey }
    })
  }

  /** Lock an account, and forget what was opened of it. */
  async lock(owner: string): Promise<void> {
    await this.sealRest(owner) // what was saved in the moment that the lock was made
    this.forget(owner)
    await this.vault.lock(owner)
  }

  /** Forget what was opened of an account; its hours may have ended by themselves, or in another window. */
  forget(owner: string): void {
    this.#opened.delete(owner)
  }

  /** Give an account a lock: from here on all of it is sealed, at first what it sends with, then row by row. */
  async protect(account: Account, lock: NonNullable<Account['lock']>, key: CryptoKey, serverKey: string) {
    const owner = account.clientId
    const sealed = await sealWith(key, owner, utf8(serverKey))
    await this.database.write(async (tx) => {
      const now = (await tx.objectStore('accounts').get(owner)) ?? account
      if (now.lock) throw new Error('locked in this moment, from another window')
      await tx.objectStore('accounts').put({ ...now, lock, key: sealed, spare: account.spare })
      await tx.objectStore('keys').put(this.vault.openKey(owner, key))
    })
    await this.vault.load()
    await this.sealRest(owner)
  }

  /** Seal what still lies open of a locked account; may be cut off anywhere and is then begun again. */
  async sealRest(owner: string): Promise<void> {
    const account = await this.account(owner)
    if (!account?.lock || !this.vault.isOpen(account)) return
    for (const row of await this.#kept(owner)) {
      if ('sealed' in row) continue
      const { payload, clock, answers } = row
      const said = await this.#sealBody(owner, { payload, clock, answers })
      await this.#change([row], (now) => ({ ...standing(now), ...said }))
    }
    for (const draft of await this.database.read((db) => db.getAll('drafts', ownerRange(owner)))) {
      if ('sealed' in draft) continue
      await this.#inTurn(async () => {
        // Read again in its turn: it may have been changed, or saved, since.
        const now = await this.database.read((db) => db.get('drafts', [owner, draft.place]))
        if (!now || 'sealed' in now) return
        const kept = await this.#sealDraft(now)
        await this.database.write(async (tx) => {
          await tx.objectStore('drafts').put(kept)
        })
      })
    }
    await sealBeside(this.database, this.vault, owner)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#writing.then(work)
    this.#writing = turn.catch(() => undefined)
    return turn
  }

  async #isSealing(owner: string): Promise<boolean> {
    return (await this.account(owner))?.lock !== undefined
  }

  async #sealBody(owner: string, body: Body): Promise<Body | { sealed: Bytes }> {
    if (!(await this.#isSealing(owner))) return body
    return { sealed: await this.vault.seal(owner, utf8(JSON.stringify(body))) }
  }

  async #openRow(row: KeptRow): Promise<Row> {
    if (!('sealed' in row)) return row
    this.vault.check(row.owner)
    const known = this.#opened.get(row.owner)?.get(row.id)
    if (known) return { ...standing(row), ...known }
    const body = JSON.parse(written(await this.vault.open(row.owner, row.sealed))) as Body
    const opened = this.#opened.get(row.owner) ?? new Map<string, Body>()
    this.#opened.set(row.owner, opened.set(row.id, body))
    return { ...standing(row), ...body }
  }

  async #sealDraft(draft: Draft): Promise<KeptDraft> {
    const { owner, place, id } = draft
    if (!(await this.#isSealing(owner))) return draft
    return { owner, place, id, sealed: await this.vault.seal(owner, utf8(JSON.stringify(draft))) }
  }

  async #openDraft(kept: KeptDraft): Promise<Draft> {
    if (!('sealed' in kept)) return kept
    return JSON.parse(written(await this.vault.open(kept.owner, kept.sealed))) as Draft
  }

  #kept(owner: string): Promise<KeptRow[]> {
    return this.database.read((db) => db.getAllFromIndex('records', 'owner_seq', ownerRange(owner)))
  }

  async #all(owner: string): Promise<Row[]> {
    return Promise.all((await this.#kept(owner)).map((row) => this.#openRow(row)))
  }

  #changeAccount(clientId: string, change: (account: Account) => Account): Promise<void> {
    return this.database.write(async (tx) => {
      const account = await tx.objectStore('accounts').get(clientId)
      if (account) await tx.objectStore('accounts').put(change(account))
    })
  }

  #change(rows: readonly Pick<Standing, 'id'>[], change: (row: KeptRow) => KeptRow): Promise<void> {
    return this.database.write(async (tx) => {
      const records = tx.objectStore('records')
      for (const { id } of rows) {
        const row = await records.get(id)
        if (row) await records.put(change(row))
      }
    })
  }
}

/** Join keys, each once, the first first. */
export function joined(keys: readonly PublicKey[], more: readonly PublicKey[]): PublicKey[] {
  const all = [...keys, ...more]
  return all.filter((key, at) => all.findIndex((other) => other.kid === key.kid) === at)
}

/** What of a record may be read by anybody. */
export function standing(row: KeptRow): Standing {
  const { sealed, payload, clock, answers, ...open } = row as Standing & { sealed?: Bytes } & Partial<Body>
  return open
}
