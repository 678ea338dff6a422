/** Takes turns at the line: at start, when the network or the page comes back, by a timer, by a button; one at a time. */

const REST_MS = 5 * 60_000

/** How long to wait before the next try: doubling from five seconds to a quarter of an hour, never all at once. */
export function pause(failures: number, random: () => number = Math.random): number {
  const whole = Math.min(15 * 60_000, 5_000 * 2 ** Math.min(failures, 10))
  return Math.round(whole * (0.5 + random() / 2))
}

/** A turn ends as `later` when there was no line: the next comes sooner then. */
export class Turns<Outcome extends string> {
  sending = false
  #failures = 0
  #timer = 0
  #running: Promise<void> | null = null
  #next: Promise<void> | null = null

  constructor(
    /** Two windows sending at once would lose nothing; one is enough for a thin line. */
    readonly lock: string,
    readonly turn: () => Promise<Outcome | 'later'>,
    /** Called before and after each turn; the outcome is there after it. */
    readonly onChange: (outcome: Outcome | 'later' | null) => void,
  ) {}

  start(): void {
    addEventListener('online', () => this.go())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.go())
    this.go()
  }

  /** Send now, whatever the timer says; a turn that is under way is followed by another. */
  go(): Promise<void> {
    this.#failures = 0
    return this.#run()
  }

  /** Who asks while a turn is under way waits for the one after it, which takes up what that one came too early for. */
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
    let outcome: Outcome | 'later' = 'later'
    try {
      outcome = await navigator.locks.request(this.lock, () => this.turn())
    } finally {
      this.sending = false
      this.onChange(outcome)
      this.#failures = outcome === 'later' ? this.#failures + 1 : 0
      this.#timer = window.setTimeout(() => this.#run(), outcome === 'later' ? pause(this.#failures) : REST_MS)
    }
  }
}
