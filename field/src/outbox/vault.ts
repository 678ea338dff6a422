/** The vault: what a phone holds can be read only after its person's code; a data key an account, wrapped by the code. */
import type { Database } from './database'
import type { Account } from './rules'

export type Bytes = Uint8Array<ArrayBuffer>

/** An account's data key, wrapped by a key that is derived from its code. */
export interface Lock {
  v: 1
  salt: Bytes
  iterations: number
  wrapped: Bytes
}

/** A data key that is open on this phone for a while; the browser never gives its bytes out again. */
export interface OpenKey {
  owner: string
  key: CryptoKey
  /** Outside of these it is forgotten; a clock that was set back counts as outside. */
  fromMs: number
  untilMs: number
}

/** What is sealed was asked for while its account is locked. */
export class Locked extends Error {}

/** PBKDF2 rounds: a second or two on the cheapest phones, and as long for each guess of a thief. */
export const ITERATIONS = 600_000
export const OPEN_MS = 8 * 3600_000
const SLACK_MS = 5 * 60_000
const TOUCH_MS = 60_000
const FORM = 1
const IV = 12

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text)
export const written = (bytes: Bytes): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes)

/** The ten signs of a code, however it was typed. */
export const plainCode = (typed: string) => typed.toUpperCase().replace(/[^0-9A-Z]/g, '')

/** Make a data key and lock it with a code; the code itself is kept nowhere. */
export async function makeLock(owner: string, code: string, iterations: number) {
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const wrapped = await sealWith(await wrapping(code, salt, iterations), owner, raw)
  const lock: Lock = { v: 1, salt, iterations, wrapped }
  return { lock, raw, key: await dataKey(raw) }
}

/** Open a lock with a code: the data key, and its bytes for a spare of it; null when the code is another. */
export async function openLock(owner: string, lock: Lock, code: string) {
  const derived = await wrapping(code, lock.salt, lock.iterations)
  const raw = await openWith(derived, owner, lock.wrapped).catch(() => null)
  return raw && { raw, key: await dataKey(raw) }
}

export const dataKey = (raw: Bytes) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

async function wrapping(code: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', utf8(plainCode(code)), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return crypto.subtle.deriveKey(how, typed, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** One byte for the form, twelve for the nonce, then AES-GCM; what is sealed for one owner opens for no other. */
export async function sealWith(key: CryptoKey, owner: string, bytes: Bytes): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(IV))
  const how = { name: 'AES-GCM', iv, additionalData: utf8(owner) }
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, bytes))
  const whole = new Uint8Array(1 + IV + sealed.length)
  whole[0] = FORM
  whole.set(iv, 1)
  whole.set(sealed, 1 + IV)
  return whole
}

async function openWith(key: CryptoKey, owner: string, sealed: Bytes): Promise<Bytes> {
  if (sealed[0] !== FORM) throw new Error(`sealed in a form that this app does not know: ${sealed[0]}`)
  const how = { name: 'AES-GCM', iv: sealed.slice(1, 1 + IV), additionalData: utf8(owner) }
  return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.slice(1 + IV)))
}

const isOver = ({ fromMs, untilMs }: OpenKey, now: number) => now < fromMs || now > untilMs

export class Vault {
  #keys = new Map<string, CryptoKey>()
  #touched = 0

  constructor(
    readonly database: Database,
    readonly wall: () => number,
    readonly rounds: number,
  ) {}

  /** Tell whether an account's records can be read now; one that no code locks yet always can. */
  isOpen(account: Pick<Account, 'clientId' | 'lock'>): boolean {
    return !account.lock || this.#keys.has(account.clientId)
  }

  /** Take up the keys that are open on this phone; those whose time is over are forgotten. */
  async load(): Promise<void> {
    const now = this.wall()
    const all = await this.database.read((db) => db.getAll('keys'))
    const over = all.filter((one) => isOver(one, now))
    if (over.length > 0) {
      await this.database.write(async (tx) => {
        for (const { owner } of over) await tx.objectStore('keys').delete(owner)
      })
    }
    this.#keys = new Map(all.filter((one) => !over.includes(one)).map(({ owner, key }) => [owner, key]))
  }

  /** Open an account with its code; false when the code is another's. Nothing is lost by a wrong one. */
  async unlock(account: Account, code: string): Promise<boolean> {
    if (!account.lock) return true
    const opened = await openLock(account.clientId, account.lock, code)
    if (opened) await this.keepOpen(account.clientId, opened.key)
    return opened !== null
  }

  /** Keep a data key open for some hours. */
  async keepOpen(owner: string, key: CryptoKey): Promise<void> {
    await this.database.write(async (tx) => {
      await tx.objectStore('keys').put(this.openKey(owner, key))
    })
    this.#keys.set(owner, key)
  }

  openKey(owner: string, key: CryptoKey): OpenKey {
    const now = this.wall()
    return { owner, key, fromMs: now - SLACK_MS, untilMs: now + OPEN_MS }
  }

  /** Lock an account at once. */
  async lock(owner: string): Promise<void> {
    this.#keys.delete(owner)
    await this.database.write((tx) => tx.objectStore('keys').delete(owner))
  }

  /** Note that a person uses the app: the hours are counted from here. */
  async touch(owner: string): Promise<void> {
    const now = this.wall()
    if (!this.#keys.has(owner) || Math.abs(now - this.#touched) < TOUCH_MS) return
    this.#touched = now
    await this.database.write(async (tx) => {
      const kept = await tx.objectStore('keys').get(owner)
      if (kept && !isOver(kept, now)) await tx.objectStore('keys').put(this.openKey(owner, kept.key))
    })
  }

  /** Throw `Locked` while an account's key is not open. */
  check(owner: string): void {
    this.#key(owner)
  }

  async seal(owner: string, bytes: Bytes): Promise<Bytes> {
    return sealWith(this.#key(owner), owner, bytes)
  }

  async open(owner: string, sealed: Bytes): Promise<Bytes> {
    return openWith(this.#key(owner), owner, sealed)
  }

  /** The key that an account sends with. */
  async serverKey(account: Account): Promise<string> {
    return typeof account.key === 'string' ? account.key : written(await this.open(account.clientId, account.key))
  }

  #key(owner: string): CryptoKey {
    const key = this.#keys.get(owner)
    if (!key) throw new Locked(`locked: ${owner}`)
    return key
  }
}
