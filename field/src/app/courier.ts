/** Sends whenever there may be a line: at start, when the network or the page comes back, by a timer, by a button. */
import type { SendBundle } from '../outbox/carrier'
import type { Outbox } from '../outbox/outbox'
import type { Account } from '../outbox/rules'
import { flush, type Outcome, pause, type Send } from '../outbox/sync'
import { Locked } from '../outbox/vault'

const REST_MS = 5 * 60_000
const LOCK = 'raquan-field-send'

export class Courier {
  sending = false
  #failures = 0
  #timer = 0
  #running: Promise<void> | null = null
  #next: Promise<void> | null = null

  constructor(
    readonly outbox: Outbox,
    readonly send: Send,
    readonly sendBundle: SendBundle,
    readonly app: string,
    /** Called before and after each run; the outcome is there after it. */
    readonly onChange: (outcome: Outcome | null) => void,
    /** What else goes over the line once the records are through. */
    readonly andThen: (account: Account) => Promise<Outcome>,
  ) {}

  start(): void {
    addEventListener('online', () => this.go())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.go())
    this.go()
  }

  /** Send now, whatever the timer says; a run that is under way is followed by another. */
  go(): Promise<void> {
    this.#failures = 0
    return this.#run()
  }

  /** Who asks while a run is under way waits for the one after it, which takes up what that one came too early for. */
  #run(): Promise<void> {
    if (!this.#running) {
      this.#running = this.#once().finally(() => {
        this.#running = null
      })
      return this.#running
    }
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = null
        return this.#run()
      })
    return this.#next
  }

  async #once(): Promise<void> {
    clearTimeout(this.#timer)
    this.sending = true
    this.onChange(null)
    let outcome: Outcome = 'later'
    try {
      // Two windows sending at once would lose nothing; one is enough for a thin line.
      outcome = await navigator.locks.request(LOCK, () => this.#everybody())
    } finally {
      this.sending = false
      this.onChange(outcome)
      this.#failures = outcome === 'later' ? this.#failures + 1 : 0
      this.#timer = window.setTimeout(() => this.#run(), outcome === 'later' ? pause(this.#failures) : REST_MS)
    }
  }

  /** Send for each who records on this phone, each with the own key. */
  async #everybody(): Promise<Outcome> {
    let worst: Outcome = 'sent'
    for (const account of await this.outbox.accounts()) {
      if (account.barred || !this.outbox.vault.isOpen(account)) continue
      let outcome = await this.#unlessLocked(() => flush(this.outbox, account, this.send, this.app))
      if (outcome === 'later') return 'later'
      await this.#deliver(account)
      if (outcome === 'sent') outcome = await this.#unlessLocked(() => this.andThen(account))
      if (outcome === 'later') return 'later'
      if (outcome !== 'sent') worst = outcome
    }
    return worst
  }

  /** Deliver what is carried for others, once what is one's own is gone. */
  async #deliver(account: Account): Promise<void> {
    const now = (await this.outbox.account(account.clientId)) ?? account
    if (now.barred || !this.outbox.vault.isOpen(now)) return
    if ((await this.outbox.database.read((db) => db.count('bundles'))) === 0) return
    const { deliver } = await import('../outbox/carrier') // few phones ever carry: no phone loads it at its start
    await deliver(this.outbox, now, this.sendBundle)
  }

  async #unlessLocked(work: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Locked) return 'sent' // locked in this moment: the rest waits for the code
      throw error
    }
  }
}
