/** A phone that the server's own tests talk to, a line of JSON each way: the app's code, on a disk in memory. */
import 'fake-indexeddb/auto'
import { createInterface } from 'node:readline'
import { makeBundles, makeSpare, readFile, takeAnswer } from '../src/outbox/bundle'
import { Outbox } from '../src/outbox/outbox'
import { base64 } from '../src/outbox/receipt'
import type { Account } from '../src/outbox/rules'
import { makeLock, sealWith, utf8 } from '../src/outbox/vault'
import type { SignedIn } from '../src/server'
import { ROUNDS, TestClock } from './phone'

const outbox = new Outbox(new TestClock())
const CODE = 'A3CD-EFHJ-K2'

const answers = {
  /** Sign in with what the server has said. */
  async sign_in({ owner, said }: { owner: string; said: SignedIn }) {
    const { lock, key } = await makeLock(owner, CODE, ROUNDS)
    const { device, person, receipt_key, bundle_key } = said
    const account: Account = {
      ...{ clientId: owner, key: await sealWith(key, owner, utf8(said.key)), lock },
      ...{
        device,
        person,
        validUntil: '',
        receiptKeys: [receipt_key],
        bundleKey: bundle_key,
        lastSeq: 0,
        barred: null,
      },
    }
    await outbox.keepAccount(account)
    await outbox.vault.keepOpen(owner, key)
    return null
  },
  /** Record assists; the last one corrects the first. */
  async save({ owner, form, all }: { owner: string; form: never; all: never[] }) {
    const ids: string[] = []
    for (const [n, one] of all.entries()) {
      const id = `uuid:${crypto.randomUUID()}`
      const replaces = n > 0 && n === all.length - 1 ? (ids[0] as string) : null
      const draft = { owner, place: `${n}`, id, started: '2023-10-05T08:00:00.000+07:00', answers: {}, remakes: null }
      await outbox.save({ ...draft, replaces }, one, form)
      ids.push(id)
    }
    return ids
  },
  bundles: async ({ owner }: { owner: string }) =>
    makeBundles(outbox, (await outbox.account(owner)) as Account, '2026.1'),
  /** Seal a spare of a data key of its own making; the key is told beside it, for the test to compare. */
  async spare({ owner, said }: { owner: string; said: SignedIn }) {
    const raw = crypto.getRandomValues(new Uint8Array(32))
    return {
      raw: base64.text(raw),
      spare: await makeSpare(said.bundle_key as NonNullable<SignedIn['bundle_key']>, owner, said.key, raw),
    }
  },
  lock: async ({ owner }: { owner: string }) => outbox.lock(owner).then(() => null),
  take: async ({ text }: { text: string }) => {
    const file = await readFile(text)
    return file?.raquan === 'answer' ? takeAnswer(outbox, file) : 'no answer'
  },
  counts: async ({ owner }: { owner: string }) => outbox.counts(owner),
}

export async function listen(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { ask, ...rest } = JSON.parse(line) as { ask: keyof typeof answers }
    const answer = await (answers[ask] as (rest: unknown) => Promise<unknown>)(rest)
    process.stdout.write(`${JSON.stringify(answer)}\n`)
  }
}
