/** Sends for each who records on this phone: records, what is carried for others, then the rest. */
import type { SendBundle } from '../outbox/carrier'
import type { Outbox } from '../outbox/outbox'
import type { Account } from '../outbox/rules'
import { flush, type Outcome, type Send } from '../outbox/sync'
import { Locked } from '../outbox/vault'
import { Turns } from './turns'

export class Courier extends Turns<Outcome> {
  constructor(
    readonly outbox: Outbox,
    readonly send: Send,
    readonly sendBundle: SendBundle,
    readonly app: string,
    onChange: (outcome: Outcome | null) => void,
    /** What else goes over the line once the records are through. */
    readonly andThen: (account: Account) => Promise<Outcome>,
  ) {
    super('raquan-field-send', () => this.#everybody(), onChange)
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
