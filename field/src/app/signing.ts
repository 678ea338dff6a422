/** Who records on this phone: signing in by a code, opening what a code has locked, locking it again. */
import { anchorFrom } from '../outbox/clock'
import type { Outbox } from '../outbox/outbox'
import type { Account } from '../outbox/rules'
import { Refused } from '../outbox/sync'
import { makeLock, openLock, plainCode, sealWith, utf8 } from '../outbox/vault'
import { type SignedIn, signIn } from '../server'
import { t } from '../texts'

/** A code that is not taken, or a line that is down. */
export type Failure = { message: string } | 'offline'

/** Who a code has let in, or why it has not. */
export type Entry = { clientId: string } | { failure: Failure }

/** The code in what was typed or scanned: the code itself, or the address that a printed code leads to. */
export function codeIn(text: string): string {
  return plainCode(text.match(/\/sign-in\/([^/?#]+)/)?.[1] ?? text)
}

/**
 * Let a person in by a code. One that opens an account of this phone needs no network; any other asks the server,
 * and the same code again names the same device, for an earlier answer may have been lost.
 */
export async function enter(outbox: Outbox, code: string, label: string): Promise<Entry> {
  const { database, vault } = outbox
  const here = await opened(outbox, code)
  if (here && !here.barred) return { clientId: here.clientId }
  const begun = here?.lock ? { clientId: here.clientId, lock: here.lock } : await database.meta('signingIn')
  const key = begun && (await openLock(begun.clientId, begun.lock, code))
  const clientId = key ? begun.clientId : crypto.randomUUID()
  const made = key ? { lock: begun.lock, key } : await makeLock(clientId, code)
  await database.setMeta('signingIn', { clientId, lock: made.lock })
  const said = await asked(outbox, code, label, clientId)
  if ('failure' in said) return said
  const account: Account = {
    ...{ clientId, key: await sealWith(made.key, clientId, utf8(said.key)), lock: made.lock, device: said.device },
    ...{ person: said.person, validUntil: said.valid_until, receiptKeys: [said.receipt_key], lastSeq: 0, barred: null },
    bundleKey: said.bundle_key,
  }
  await outbox.keepAccount(account)
  await vault.keepOpen(clientId, made.key)
  return { clientId }
}

/** Find the account of this phone that a code opens, and open it. */
async function opened(outbox: Outbox, code: string): Promise<Account | null> {
  for (const account of await outbox.accounts()) {
    if (account.lock && (await outbox.vault.unlock(account, code))) {
      await outbox.sealRest(account.clientId) // a sealing that was cut off goes on
      return account
    }
  }
  return null
}

/** Open one account with its own code, without a network. */
export async function unlock(outbox: Outbox, account: Account, code: string): Promise<Failure | null> {
  if (!(await outbox.vault.unlock(account, code))) return { message: t('unlock_wrong') }
  await outbox.sealRest(account.clientId)
  return null
}

/** Lock an account of before there were locks with its code; only the server can tell whether it is the right one. */
export async function protect(outbox: Outbox, account: Account, code: string): Promise<Failure | null> {
  const said = await asked(outbox, code, account.device.label, account.clientId)
  if ('failure' in said) return said.failure
  if (said.person.id !== account.person.id) return { message: t('protect_other', { name: account.person.name }) }
  const { lock, key } = await makeLock(account.clientId, code)
  await outbox.protect(account, lock, key, said.key)
  return null
}

async function asked(
  outbox: Outbox,
  code: string,
  label: string,
  clientId: string,
): Promise<SignedIn | { failure: Failure }> {
  const { clock, database } = outbox
  const askedAt = clock.mono()
  try {
    const said = await signIn(plainCode(code), label, clientId)
    await database.setMeta('anchor', anchorFrom(clock, said.server_time, askedAt))
    return said
  } catch (error) {
    if (error instanceof Refused && error.status < 500) return { failure: { message: error.reason.message } }
    return { failure: 'offline' }
  }
}
