/** Sends whenever there may be a line: at start, when the network or the page comes back, by a timer, by a button. */
import type { Outbox } from '../outbox/outbox'
import type { Account } from '../outbox/rules'
import { flush, type Outcome, pause, type Send } from '../outbox/sync'

const REST_MS = 5 * 60_000
const LOCK = 'raquan-field-send'

export class Courier {
  sending = false
  #failures = 0
  #timer = 0
  #again = false

  constructor(
    readonly outbox: Outbox,
    readonly send: Send,
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

  async #run(): Promise<void> {
    if (this.sending) {
      this.#again = true
      return
    }
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
      const wait = outcome === 'later' ? pause(this.#failures) : REST_MS
      this.#timer = window.setTimeout(() => this.#run(), this.#again ? 0 : wait)
      this.#again = false
    }
  }

  /** Send for each who records on this phone, each with the own key. */
  async #everybody(): Promise<Outcome> {
    let worst: Outcome = 'sent'
    for (const account of await this.outbox.accounts()) {
      if (account.barred) continue
      let outcome = await flush(this.outbox, account, this.send, this.app)
      if (outcome === 'sent') outcome = await this.andThen(account)
      if (outcome === 'later') return 'later'
      if (outcome !== 'sent') worst = outcome
    }
    return worst
  }
}
