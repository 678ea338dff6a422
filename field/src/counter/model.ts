/** What the counter's screens show, in one place, and what they may ask for. */
import { Release } from '../app/release'
import { Turns } from '../app/turns'
import { localDay, pageClock } from '../outbox/clock'
import type { Code } from './code'
import type { Granted, Reason, Redemption, Refusal } from './rules'
import { enroll, sync } from './server'
import { flush, type Outcome } from './sync'
import { choose } from './texts'
import { type Book, type Extras, type Settings, Till } from './till'

export const VERSION = '2026.1'
const PLAIN: Settings = { scale: 100, contrast: false, language: 'vi' }
const CHANNEL = 'raquan-counter'
const MINUTE_MS = 60_000
const LOW_BYTES = 20 * 1024 * 1024
/** What a word with the server may change; a person at the counter does not wait longer for it. */
const MAY_CHANGE: ReadonlySet<Reason> = new Set(['no_lease', 'lease_expired', 'other_run', 'suspended', 'not_begun'])
const PATIENCE_MS = 8_000

/** A code that was shown, and what became of it; `id` is that of the redemption that it may become. */
export interface Shown {
  id: string
  text: string
  code: Code | null
  verdict: Granted | Refusal
  made: Redemption | null
  fault: 'full' | 'failed' | null
}

export class Model {
  book: Book | null = null
  shown: Shown | null = null
  outcome: Outcome | 'later' | null = null
  settings = PLAIN
  online = navigator.onLine
  /** Whether the browser keeps what is stored here when the phone is full; null until it has said so. */
  isKept: boolean | null = null
  freeBytes: number | null = null

  readonly till = new Till(pageClock())
  readonly release = new Release(() => this.#tell(), '/counter/')
  readonly turns = new Turns<Outcome>(
    'raquan-counter-send',
    () => flush(this.till, sync),
    (outcome) => {
      this.outcome = outcome
      void this.refresh(outcome !== null)
    },
  )
  #listeners = new Set<() => void>()
  #channel = new BroadcastChannel(CHANNEL)

  async start(): Promise<void> {
    await this.#read()
    await this.#show()
    this.#channel.onmessage = () => this.refresh(false)
    for (const name of ['online', 'offline']) {
      addEventListener(name, () => {
        this.online = navigator.onLine
        this.#tell()
      })
    }
    this.turns.start()
    setInterval(() => this.refresh(false), MINUTE_MS) // leases end while nobody touches anything
    void this.release.start(() => this.isBusy)
    void this.#askToStay()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  async refresh(spread = true): Promise<void> {
    await this.#read()
    this.#tell()
    if (spread) this.#channel.postMessage('changed')
  }

  async #read(): Promise<void> {
    this.book = await this.till.book()
    this.settings = { ...PLAIN, ...this.book.settings }
  }

  async #askToStay(): Promise<void> {
    const { storage } = navigator
    this.isKept = (await storage?.persisted?.()) || (await storage?.persist?.()) || false
    const { quota, usage } = (await storage?.estimate?.()) ?? {}
    this.freeBytes = quota === undefined ? null : Math.max(0, quota - (usage ?? 0))
    this.#tell()
  }

  get isLow(): boolean {
    return this.freeBytes !== null && this.freeBytes < LOW_BYTES
  }

  /** A voucher is being looked at: no update may take the page away. */
  get isBusy(): boolean {
    return this.shown !== null && this.shown.made === null && !('reason' in this.shown.verdict)
  }

  get unsent(): number {
    const { redemptions = [], failures = [], reversals = [] } = this.book ?? {}
    return [...redemptions, ...failures, ...reversals].filter((one) => !one.outcome).length
  }

  get today(): string {
    return localDay(this.book?.nowMs ?? Date.now())
  }

  async enroll(code: string, name: string): Promise<void> {
    const askedAt = this.till.clock.mono()
    const { now, ...account } = await enroll(code, name)
    await this.till.begin(account, now, askedAt)
    scrollTo(0, 0)
    await this.refresh()
    await this.turns.go()
    void this.#askToStay()
  }

  /** Look at a code that was shown; while there is a line the server is asked once where that may help. */
  async present(text: string): Promise<void> {
    let found = await this.till.look(text)
    if ('reason' in found.verdict && MAY_CHANGE.has(found.verdict.reason) && navigator.onLine) {
      await Promise.race([this.turns.go(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
      found = await this.till.look(text)
    }
    this.shown = { id: crypto.randomUUID(), text, ...found, made: null, fault: null }
    await this.#keepFailure()
  }

  /** Redeem what is shown; it stands as made only when the disk has it. */
  async take(extras: Extras): Promise<void> {
    const { shown } = this
    if (!shown?.code) return
    try {
      const made = await this.till.redeem(shown.id, shown.code, extras)
      this.shown = 'reason' in made ? { ...shown, verdict: made, fault: null } : { ...shown, made, fault: null }
      await this.#keepFailure()
      void this.turns.go()
    } catch (error) {
      const isFull = error instanceof DOMException && error.name === 'QuotaExceededError'
      this.shown = { ...shown, fault: isFull ? 'full' : 'failed' }
      this.#tell()
    }
  }

  /** A refusal is kept for the server; where the disk has no room for it, the refusal stands all the same. */
  async #keepFailure(): Promise<void> {
    const { shown } = this
    if (shown && 'reason' in shown.verdict)
      await this.till.fail(shown.verdict.reason, shown.text).catch(() => undefined)
    await this.refresh()
  }

  /** The person reads what the server did not count; where the disk is full it is told once more. */
  async see(): Promise<void> {
    await this.till.seen().catch(() => undefined)
    await this.refresh()
  }

  forget(): void {
    this.shown = null
    this.#tell()
  }

  async reverse(redemption: string, reason: string): Promise<boolean> {
    const done = await this.till.reverse(redemption, reason)
    await this.refresh()
    void this.turns.go()
    return done
  }

  async rest(): Promise<void> {
    await this.till.giveBack()
    await this.turns.go()
  }

  async resume(): Promise<void> {
    await this.till.resume()
    await this.turns.go()
  }

  /** Be no counter any more: what is held goes back first. Gives what hinders it. */
  async leave(): Promise<'unsent' | 'leases' | null> {
    await this.rest()
    await this.refresh()
    if (this.unsent > 0) return 'unsent'
    const isHolding = this.book?.leases.some((one) => one.state === 'held') && !this.book.account?.barred
    if (isHolding) return 'leases'
    if (!(await this.till.leave())) return 'unsent'
    await this.refresh()
    return null
  }

  async change(settings: Partial<Settings>): Promise<void> {
    await this.till.setMeta('settings', { ...this.settings, ...settings })
    await this.#read()
    await this.#show()
    this.#tell()
  }

  async #show(): Promise<void> {
    const { scale, contrast, language } = this.settings
    const { dataset, style } = document.documentElement
    style.fontSize = `${scale}%`
    dataset.contrast = contrast ? 'high' : 'normal'
    dataset.text = scale > 125 ? 'large' : 'normal'
    await choose(language).catch(() => undefined) // that language is not on this phone: Vietnamese stays
  }
}
