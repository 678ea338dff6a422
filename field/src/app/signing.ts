/** Who records on this phone: signing in by a code, opening what a code has locked, locking it again. */

import { Refused } from '../line'
import { anchorFrom } from '../outbox/clock'
import type { Outbox } from '../outbox/outbox'
import { base64 } from '../outbox/receipt'
import type { Account } from '../outbox/rules'
import { type Bytes, dataKey, makeLock, openLock, plainCode, sealWith, utf8 } from '../outbox/vault'
import { openSpare, type SignedIn, signIn } from '../server'
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
  if (here && !here.barred) return { clientId: await reunited(outbox, here) }
  const begun = here?.lock ? { clientId: here.clientId, lock: here.lock } : await database.meta('signingIn')
  const known = begun && (await openLock(begun.clientId, begun.lock, code))
  const clientId = known ? begun.clientId : crypto.randomUUID()
  const made = known ? { lock: begun.lock, ...known } : await makeLock(clientId, code, vault.rounds)
  await database.setMeta('signingIn', { clientId, lock: made.lock })
  const said = await asked(outbox, code, label, clientId)
  if ('failure' in said) return here ? { clientId: await reunited(outbox, here) } : said
  const account: Account = {
    ...{ clientId, key: await sealWith(made.key, clientId, utf8(said.key)), lock: made.lock, device: said.device },
    ...{ person: said.person, validUntil: said.valid_until, receiptKeys: [said.receipt_key], lastSeq: 0, barred: null },
    ...{ bundleKey: said.bundle_key, spare: await spareOf(said, clientId, made.raw) },
  }
  const kept = await outbox.keepAccount(account)
  await vault.keepOpen(clientId, made.key)
  return { clientId: await reunited(outbox, kept) }
}

/** Seal a spare of the data key; without one, a lost code cannot be replaced. */
async function spareOf(said: SignedIn, clientId: string, raw: Bytes): Promise<Account['spare']> {
  if (!said.bundle_key) return undefined
  try {
    const { makeSpare } = await import('../outbox/bundle')
    return await makeSpare(said.bundle_key, clientId, said.key, raw)
  } catch {
    return undefined // the line broke in this moment: signing in matters more
  }
}

/**
 * Bring a person's accounts on this phone together, where one may send; give the account that is left.
 * One whose code is lost is opened by its spare, once its person has signed in anew.
 */
async function reunited(outbox: Outbox, account: Account): Promise<string> {
  const { vault } = outbox
  const own = (await outbox.accounts()).filter(({ person }) => person.id === account.person.id)
  const sending = own.filter((one) => !one.barred && vault.isOpen(one))
  const to = sending.find(({ clientId }) => clientId === account.clientId) ?? sending[0]
  if (!to) return account.clientId
  for (const from of own.filter((one) => one !== to)) {
    try {
      if (!vault.isOpen(from) && from.spare) {
        const data = await openSpare(from.spare, await vault.serverKey(to))
        await vault.keepOpen(from.clientId, await dataKey(base64.bytes(data)))
      }
      if (!vault.isOpen(from)) continue
      const { adopt } = await import('../outbox/adopting')
      await adopt(outbox, from, to)
    } catch {
      // No line, or recorded in this moment: nothing was moved, and the next sign-in tries again.
    }
  }
  return to.clientId
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

/** Open one account with its own code, without a network. A new code of the same person takes the way of entering. */
export async function unlock(outbox: Outbox, account: Account, code: string): Promise<Entry> {
  if (await outbox.vault.unlock(account, code)) {
    await outbox.sealRest(account.clientId)
    return { clientId: await reunited(outbox, account) }
  }
  return { failure: { message: t('unlock_wrong') } }
}

/** Lock an account of before there were locks with its code; only the server can tell whether it is the right one. */
export async function protect(outbox: Outbox, account: Account, code: string): Promise<Entry> {
  const { clientId, person, device } = account
  const said = await asked(outbox, code, device.label, clientId)
  if ('failure' in said) return said
  if (said.person.id !== person.id) return { failure: { message: t('protect_other', { name: person.name }) } }
  const { lock, key, raw } = await makeLock(clientId, code, outbox.vault.rounds)
  const spare = await spareOf(said, clientId, raw)
  await outbox.protect({ ...account, spare }, lock, key, said.key)
  return { clientId }
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
