/** What a page of the app finds in a browser, in Node: a disk, a line, a clock, and a life that ends anywhere. */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'

/** `twice`: sent two times. `late`: sent, and once more after everything else. `lost`: sent, and the answer is lost. */
export type Line = 'good' | 'down' | 'lost' | 'twice' | 'late'

type Asked = [url: string, init: RequestInit | undefined]

const never = () => new Promise<never>(() => undefined)
const realNow = Date.now
const realFetch = globalThis.fetch
/** Derivation is chewed on by phones; a test that opens thousands of locks has less time. */
const ROUNDS = 10

/** One life of the app's page. What it had begun when it dies stays undone, and it never hears of it. */
export class Page {
  isDead = false
  /** The page dies at its so manieth step: a write, a commit, a question or an answer of the line. */
  stepsLeft = Number.POSITIVE_INFINITY
  readonly died: Promise<void>
  readonly #live = new Set<IDBTransaction>()
  #tell: () => void = () => undefined

  constructor() {
    this.died = new Promise((resolve) => {
      this.#tell = resolve
    })
  }

  step(): void {
    this.stepsLeft--
    if (this.stepsLeft <= 0) this.die()
  }

  die(): void {
    if (this.isDead) return
    this.isDead = true
    this.#tell()
    for (const tx of this.#live) {
      try {
        tx.abort()
      } catch {
        // it was committed in this moment: the disk has it
      }
    }
  }

  follow(tx: IDBTransaction): IDBTransaction {
    this.#live.add(tx)
    const over = () => this.#live.delete(tx)
    tx.addEventListener('abort', over)
    tx.addEventListener('complete', () => {
      over()
      if (tx.mode === 'readwrite') this.step()
    })
    return tx
  }
}

export const browser = {
  page: new Page(),
  line: 'good' as Line,
  address: '',
  /** How far the phone's clock is from the true one, in milliseconds. */
  clockOff: 0,
  late: [] as Asked[],
  newDisk(): void {
    globalThis.indexedDB = new IDBFactory()
  },
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  const { page, line, address } = browser
  page.step()
  if (page.isDead) return never()
  if (line === 'down') throw new TypeError('Failed to fetch')
  const url = address + path
  if (line === 'late') browser.late.push([url, init])
  if (line === 'twice') await realFetch(url, init).then((answer) => answer.arrayBuffer())
  const answer = await realFetch(url, init)
  if (page.isDead) return never()
  page.step()
  if (page.isDead) return never()
  if (line === 'lost') throw new TypeError('Failed to fetch')
  return answer
}

/** Let what was on its way arrive at last. */
export async function arriveLate(): Promise<void> {
  for (const [url, init] of browser.late.splice(0)) {
    await realFetch(url, init && { ...init, signal: null })
      .then((answer) => answer.arrayBuffer())
      .catch(() => undefined)
  }
}

/** Wait until the app sends nothing and is about to send nothing, or its page is dead. */
export async function calm(courier: { readonly sending: boolean }): Promise<void> {
  for (let turns = 0; turns < 3 && !browser.page.isDead; turns = courier.sending ? 0 : turns + 1) {
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

function countWrites(): void {
  const store = IDBObjectStore.prototype
  for (const name of ['put', 'add', 'delete'] as const) {
    const real = store[name] as (...given: unknown[]) => IDBRequest
    Object.assign(store, {
      [name](this: IDBObjectStore, ...given: unknown[]) {
        browser.page.step()
        return real.apply(this, given)
      },
    })
  }
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given) {
    return browser.page.follow(transaction.apply(this, given))
  }
}

class Channel {
  onmessage: unknown = null
  postMessage(): void {}
}

/** Put all of it where the app looks for it. */
export function install(): void {
  countWrites()
  Date.now = () => realNow() + browser.clockOff
  const derive = crypto.subtle.deriveKey.bind(crypto.subtle)
  crypto.subtle.deriveKey = ((how: Pbkdf2Params, ...rest: [CryptoKey, AesKeyAlgorithm, boolean, KeyUsage[]]) =>
    derive(how.name === 'PBKDF2' ? { ...how, iterations: ROUNDS } : how, ...rest)) as typeof derive
  const listen = { addEventListener: () => undefined }
  const root = { dataset: {}, style: {}, lang: 'vi' }
  const storage = { persist: async () => false, persisted: async () => false, estimate: async () => ({}) }
  const found = {
    ...listen,
    fetch: ask,
    document: { ...listen, documentElement: root, visibilityState: 'visible' },
    navigator: { onLine: true, storage, locks: { request: (_name: string, work: () => unknown) => work() } },
    // The app’s timers would send by themselves; here a step says when. What must follow at once does.
    window: { setTimeout: (work: () => void, ms: number) => (ms === 0 ? setTimeout(work, 0) : 0) },
    setInterval: () => 0,
    BroadcastChannel: Channel,
  }
  for (const [name, value] of Object.entries(found)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
}

/** What a page has begun fails when it dies, and nobody waits for it; anything else that nobody waits for is a fault. */
const CUT_OFF = new Set(['AbortError', 'TransactionInactiveError', 'InvalidStateError'])

process.on('unhandledRejection', (error) => {
  if (error instanceof Error && CUT_OFF.has(error.name)) return
  throw error
})
