/** A database on the phone: opened once, opened again when the system has cut it off, every write strict. */
import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  type OpenDBCallbacks,
  openDB,
  type StoreNames,
} from 'idb'

/** A transaction over all the stores of a database, which may write. */
export type WriteTo<S extends DBSchema | unknown> = IDBPTransaction<S, StoreNames<S>[], 'readwrite'>

export class Disk<S extends DBSchema> {
  #opening: Promise<IDBPDatabase<S>> | null = null

  constructor(
    readonly name: string,
    readonly version: number,
    readonly stores: StoreNames<S>[],
    readonly upgrade: NonNullable<OpenDBCallbacks<S>['upgrade']>,
  ) {}

  #open(): Promise<IDBPDatabase<S>> {
    const forget = () => {
      this.#opening = null
    }
    this.#opening ??= openDB<S>(this.name, this.version, {
      upgrade: this.upgrade,
      blocking: (_from, _to, event) => {
        ;(event.target as IDBDatabase).close()
        forget()
      },
      terminated: forget,
    }).catch((error: unknown) => {
      forget()
      throw error
    })
    return this.#opening
  }

  /** Run a reading; once more on a new connection when the old one turns out to be dead. */
  async read<T>(work: (db: IDBPDatabase<S>) => Promise<T>): Promise<T> {
    const db = await this.#open()
    try {
      return await work(db)
    } catch (error) {
      if (!isDead(error)) throw error
      this.#opening = null
      return work(await this.#open())
    }
  }

  /** Write all or nothing; the promise is kept only when the disk has it, so only then may anyone say "saved". */
  write<T>(work: (tx: WriteTo<S>) => Promise<T>): Promise<T> {
    return this.read(async (db) => {
      const tx = db.transaction(this.stores, 'readwrite', { durability: 'strict' })
      const done = tx.done
      done.catch(() => undefined) // its failure reaches the caller below, once
      let result: T
      try {
        result = await work(tx)
      } catch (error) {
        try {
          tx.abort()
        } catch {
          // it has ended already, which is why the work failed
        }
        throw error
      }
      await done
      return result
    })
  }

  async close(): Promise<void> {
    if (this.#opening) (await this.#opening).close()
    this.#opening = null
  }
}

function isDead(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'InvalidStateError' || error.name === 'UnknownError')
}
