/** Photos beside the outbox: kept strictly, sent after the records, in parts, each until its own receipt. */

import { Refused } from '../line'
import type { Write } from './database'
import type { Outbox } from './outbox'
import {
  newPhoto,
  PART,
  type PhotoAnswer,
  type PhotoRow,
  type PhotoSaid,
  photoIsPast,
  photoMayGo,
  photoRefused,
  photoSettled,
} from './photo_rules'
import { verified } from './receipt'
import type { Account, Reason } from './rules'
import { photoBytes } from './sealing'
import type { Outcome } from './sync'
import type { Bytes } from './vault'
import { sha256 } from './xml'

/** Speaks with the server about photos; throws `Refused` on a no, anything else when no answer came. */
export interface PhotoLine {
  begin(photo: PhotoRow, key: string): Promise<PhotoAnswer>
  append(id: string, start: number, part: Bytes, key: string): Promise<PhotoAnswer>
}

export interface MadePhoto {
  row: PhotoRow
  kept: Bytes
}

export async function putPhoto(tx: Write, { row, kept }: MadePhoto): Promise<void> {
  await tx.objectStore('photo_bytes').put(kept, row.id)
  await tx.objectStore('photos').add(row)
}

export class Photos {
  constructor(readonly outbox: Outbox) {}

  /** Keep a photo; resolves when the disk has it. */
  async add(owner: string, record: string, bytes: Bytes, said: PhotoSaid, taken: string): Promise<PhotoRow> {
    const made = await this.make(owner, record, bytes, said, taken)
    await this.outbox.database.write((tx) => putPhoto(tx, made))
    return made.row
  }

  /** Make a photo ready to be written, for who writes more than it at once. */
  async make(owner: string, record: string, bytes: Bytes, said: PhotoSaid, taken: string): Promise<MadePhoto> {
    const digest = await sha256(bytes)
    const isSealed = (await this.outbox.account(owner))?.lock !== undefined
    const row = newPhoto({ owner, record, taken, sha256: digest, size: bytes.length, isSealed }, said)
    return { row, kept: isSealed ? await this.outbox.vault.seal(owner, bytes) : bytes }
  }

  /** Give an owner's photos without their bytes, the oldest first. */
  async list(owner: string): Promise<PhotoRow[]> {
    const rows = await this.outbox.database.read((db) => db.getAllFromIndex('photos', 'owner', owner))
    return rows.sort((a, b) => a.taken.localeCompare(b.taken))
  }

  bytes(photo: PhotoRow): Promise<Bytes | null> {
    return photoBytes(this.outbox.database, this.outbox.vault, photo.id)
  }

  /** Take a photo away that somebody does not want any more; one that the server has is not ours alone. */
  drop(id: string): Promise<void> {
    return this.outbox.database.write(async (tx) => {
      const row = await tx.objectStore('photos').get(id)
      if (!row || row.state === 'received') return
      await tx.objectStore('photos').delete(id)
      await tx.objectStore('photo_bytes').delete(id)
    })
  }

  /** Take a returned photo up again as it is. */
  sendAgain(photo: PhotoRow): Promise<void> {
    return this.#change(photo, (now) => (now.state === 'returned' ? { ...now, state: 'saved', reason: null } : now))
  }

  /** Send what may go, one after the other; what has no line stays and goes on where it stopped. */
  async flush(account: Account, line: PhotoLine): Promise<Outcome> {
    let outcome: Outcome = 'sent'
    for (const photo of await this.#due(account.clientId)) {
      try {
        await this.#carry(photo, account, line)
      } catch (error) {
        if (!(error instanceof Refused) || error.status === 429 || error.status >= 500) return 'later'
        if (error.status === 404) return outcome // a server of before that takes no photos: they wait for the next
        if (error.status === 401) {
          await this.outbox.bar(account.clientId, error.reason)
          return 'barred'
        }
        await this.#refuse(photo, error.reason)
        outcome = 'stuck'
      }
    }
    return outcome
  }

  /** Forget the photos that the server has had for seven days of its clock. */
  async forget(owner: string, serverTime: string): Promise<void> {
    const past = (await this.list(owner)).filter((photo) => photoIsPast(photo, serverTime))
    if (past.length === 0) return
    await this.outbox.database.write(async (tx) => {
      for (const { id } of past) {
        await tx.objectStore('photos').delete(id)
        await tx.objectStore('photo_bytes').delete(id)
      }
    })
  }

  async #due(owner: string): Promise<PhotoRow[]> {
    const records = new Map((await this.outbox.records(owner)).map((row) => [row.id, row]))
    return (await this.list(owner)).filter((photo) => photoMayGo(photo, records.get(photo.record)))
  }

  async #carry(photo: PhotoRow, account: Account, line: PhotoLine): Promise<void> {
    const bytes = await this.bytes(photo)
    if (!bytes) return this.#refuse(photo, { code: 'photo.lost', message: '' })
    const key = await this.outbox.vault.serverKey(account)
    let answer = await line.begin(photo, key)
    let row: PhotoRow = { ...photo, state: 'sent' }
    while (!answer.receipt) {
      const start = answer.offset
      row = await this.#settle(row, answer, account)
      answer = await line.append(photo.id, start, bytes.slice(start, start + PART), key)
      if (!answer.receipt && answer.offset === start) throw new Error('the server takes no more and has not all')
    }
    await this.#settle(row, answer, account)
  }

  async #settle(row: PhotoRow, answer: PhotoAnswer, account: Account): Promise<PhotoRow> {
    const receipt = await verified(answer.receipt, account.receiptKeys, row)
    const settled = photoSettled(row, answer, receipt)
    await this.#change(row, ({ record, owner, isSealed }) => ({ ...settled, record, owner, isSealed }))
    return settled
  }

  #refuse(photo: PhotoRow, reason: Reason): Promise<void> {
    return this.#change(photo, (now) => photoRefused(now, reason))
  }

  #change({ id }: PhotoRow, change: (row: PhotoRow) => PhotoRow): Promise<void> {
    return this.outbox.database.write(async (tx) => {
      const row = await tx.objectStore('photos').get(id) // gone when somebody has taken it away meanwhile
      if (row) await tx.objectStore('photos').put(change(row))
    })
  }
}
