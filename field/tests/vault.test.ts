/** A lost phone tells nothing; a wrong code loses nothing; old open rows are sealed, wherever it is cut off. */
import { openDB } from 'idb'
import { beforeEach, describe, expect, it } from 'vitest'
import { Outbox } from '../src/outbox/outbox'
import type { Account } from '../src/outbox/rules'
import { flush } from '../src/outbox/sync'
import { Locked, makeLock, OPEN_MS, openLock, plainCode, utf8, written } from '../src/outbox/vault'
import { sha256 } from '../src/outbox/xml'
import {
  ANSWERS,
  CODE,
  dieAfter,
  draft,
  FORM,
  firstRelease,
  ModelServer,
  newDisk,
  OWNER,
  phoneOf,
  ROUNDS,
  TestClock,
} from './phone'

let server: ModelServer
let clock: TestClock
let outbox: Outbox
const account = async () => (await outbox.account(OWNER)) as Account

beforeEach(async () => {
  newDisk()
  server = new ModelServer()
  clock = new TestClock()
  outbox = await phoneOf(server, clock)
})

/** All that a thief reads from the disk, keys apart that the browser holds back. */
async function disk(): Promise<string> {
  const db = await openDB('raquan-field')
  const stores = await Promise.all([...db.objectStoreNames].map((name) => db.getAll(name)))
  db.close()
  const readable = (value: unknown): unknown => {
    if (value instanceof Uint8Array) return new TextDecoder().decode(value)
    if (value instanceof CryptoKey) {
      expect(value.extractable).toBe(false)
      return 'an open key'
    }
    if (Array.isArray(value)) return value.map(readable)
    if (value && typeof value === 'object') return Object.values(value).map(readable)
    return value
  }
  return JSON.stringify(readable(stores))
}

describe('a locked phone', () => {
  it('gives neither records nor drafts nor its key to who reads the disk', async () => {
    await outbox.save(draft(), ANSWERS, FORM)
    await outbox.keepDraft(draft('CMG-OTHER', { service: 'vietqr' }))
    const found = await disk()
    for (const secret of ['birth_registration', 'vietqr', 'instanceID', 'k'.repeat(64), plainCode(CODE)]) {
      expect(found).not.toContain(secret)
    }
    expect(found).not.toContain(await sha256(plainCode(CODE)))
    expect(found).toContain('Trần Văn Bình') // who is asked for the code
  })

  it('counts, sends nothing, and loses nothing', async () => {
    await outbox.save(draft(), ANSWERS, FORM)
    await outbox.keepDraft(draft('CMG-OTHER', { service: 'vietqr' }))
    await outbox.lock(OWNER)
    expect(outbox.vault.isOpen(await account())).toBe(false)
    expect(await outbox.counts(OWNER)).toMatchObject({ kept: 1, unsent: 1 })
    await expect(outbox.records(OWNER)).rejects.toThrow(Locked)
    await expect(outbox.drafts(OWNER)).rejects.toThrow(Locked)
    await expect(outbox.save(draft(), ANSWERS, FORM)).rejects.toThrow(Locked)
    await expect(flush(outbox, await account(), server.receive, '1')).rejects.toThrow(Locked)
    expect(server.taken.size).toBe(0)
    expect(await outbox.vault.unlock(await account(), 'ACDE-FHJK-MP')).toBe(false)
    expect(await outbox.vault.unlock(await account(), ' acde fhjk mn')).toBe(true)
    expect((await outbox.records(OWNER)).map((row) => row.answers)).toEqual([ANSWERS])
    expect((await outbox.drafts(OWNER)).map((one) => one.answers)).toEqual([{ service: 'vietqr' }])
    await flush(outbox, await account(), server.receive, '1')
    expect(await outbox.counts(OWNER)).toMatchObject({ received: 1 })
  })
})

describe('the hours of an open key', () => {
  const later = async (ms: number) => {
    clock.wallMs += ms
    await outbox.vault.load()
    return outbox.vault.isOpen(await account())
  }

  it('outlive a page that dies', async () => {
    await outbox.save(draft(), ANSWERS, FORM)
    const again = new Outbox(clock)
    await again.vault.load()
    expect(await again.records(OWNER)).toHaveLength(1)
  })

  it('are counted from the last use, and end', async () => {
    expect(await later(OPEN_MS - 1000)).toBe(true)
    await outbox.vault.touch(OWNER)
    expect(await later(OPEN_MS - 1000)).toBe(true)
    expect(await later(2000)).toBe(false)
    expect(await disk()).not.toContain('an open key')
  })

  it('are not stretched by a clock that is set back', async () => {
    expect(await later(-1000)).toBe(true) // a phone's clock is corrected by seconds now and then
    expect(await later(-24 * 3600_000)).toBe(false)
  })

  it('do not come back when they are over and the app is used', async () => {
    clock.wallMs += OPEN_MS + 1000
    await outbox.vault.touch(OWNER)
    await outbox.vault.load()
    expect(outbox.vault.isOpen(await account())).toBe(false)
  })
})

describe('sealing', () => {
  it('opens for its owner only, and not when a bit was turned', async () => {
    const sealed = await outbox.vault.seal(OWNER, utf8('Ê Đê'))
    expect(written(await outbox.vault.open(OWNER, sealed))).toBe('Ê Đê')
    const { lock, key } = await makeLock('other', CODE, ROUNDS)
    await outbox.database.write((tx) => tx.objectStore('keys').put(outbox.vault.openKey('other', key)))
    await outbox.vault.load()
    await expect(outbox.vault.open('other', sealed)).rejects.toThrow()
    sealed[20] = (sealed[20] as number) ^ 1
    await expect(outbox.vault.open(OWNER, sealed)).rejects.toThrow()
    expect(await openLock('someone else', lock, CODE)).toBeNull()
  })

  it('never seals the same twice alike', async () => {
    const twice = await Promise.all([1, 2].map(() => outbox.vault.seal(OWNER, utf8('a'))))
    expect(twice[0]).not.toEqual(twice[1])
  })
})

describe('a phone of before there were locks', () => {
  const SAVED = 7

  /** Write the disk as the release of before left it. */
  async function oldDisk(): Promise<string[]> {
    newDisk()
    const db = await firstRelease()
    await db.put('accounts', { ...(await server.account()), lastSeq: SAVED })
    await db.put('meta', { codeHash: await sha256(plainCode(CODE)), clientId: OWNER }, 'signingIn')
    await db.put('meta', { service: 'bank_app' }, 'last')
    await db.put('drafts', draft('CMG-OLD', { service: 'bank_app' }))
    const ids: string[] = []
    for (let seq = 1; seq <= SAVED; seq++) {
      const payload = `<data>birth_registration ${seq}</data>`
      const id = `uuid:${seq}`
      ids.push(id)
      await db.put('records', {
        ...{ id, owner: OWNER, seq, state: 'saved', payload, sha256: await sha256(payload) },
        ...{ clock: { wall: '', mono: 1, origin: 'o', anchor: null }, answers: ANSWERS, replaces: null },
        ...{ attempts: 0, trouble: null, reason: null, receipt: null, receivedAt: null, acknowledged: null },
        ...{ recalls: 0, remadeAs: null },
      })
    }
    db.close()
    return ids
  }

  it('works as it did, and holds the quick hash of its code no longer', async () => {
    await oldDisk()
    outbox = new Outbox(clock)
    await outbox.vault.load()
    expect(outbox.vault.isOpen(await account())).toBe(true)
    expect(await outbox.records(OWNER)).toHaveLength(SAVED)
    await outbox.save(draft(), ANSWERS, FORM)
    expect(await disk()).not.toContain(await sha256(plainCode(CODE)))
    expect(await flush(outbox, await account(), server.receive, '1')).toBe('sent')
    expect(server.taken.size).toBe(SAVED + 1)
  })

  it.each(Array.from({ length: 24 }, (_, n) => n))(
    'is sealed, though it is cut off after %i writes',
    async (writes) => {
      const ids = await oldDisk()
      outbox = new Outbox(clock)
      await outbox.vault.load()
      const { lock, key } = await makeLock(OWNER, CODE, ROUNDS)
      dieAfter(outbox, writes)
      const known = await account()
      await outbox.protect(known, lock, key, known.key as string).catch(() => undefined)
      await outbox.database.close()

      outbox = new Outbox(clock)
      await outbox.vault.load()
      if (!(await account()).lock) await outbox.protect(await account(), lock, key, known.key as string)
      await outbox.sealRest(OWNER)
      const found = await disk()
      for (const secret of ['birth_registration', 'bank_app', 'k'.repeat(64)]) expect(found).not.toContain(secret)
      const rows = await outbox.records(OWNER)
      expect(rows.map((row) => row.id).sort()).toEqual(ids)
      for (const row of rows) expect(await sha256(row.payload)).toBe(row.sha256)
      expect((await outbox.drafts(OWNER)).map((one) => one.answers)).toEqual([{ service: 'bank_app' }])
      expect(await outbox.vault.serverKey(await account())).toBe('k'.repeat(64))
    },
  )

  it('is never locked twice, and no late word of the server takes its lock away', async () => {
    await oldDisk()
    outbox = new Outbox(clock)
    await outbox.vault.load()
    const before = await account()
    const [first, second] = [await makeLock(OWNER, CODE, ROUNDS), await makeLock(OWNER, CODE, ROUNDS)]
    await outbox.protect(before, first.lock, first.key, before.key as string)
    await expect(outbox.protect(before, second.lock, second.key, before.key as string)).rejects.toThrow('locked')
    await expect(outbox.keepAccount(before)).rejects.toThrow('locked')
    await outbox.bar(OWNER, { code: 'device.revoked', message: '' })
    await outbox.learnKeys(OWNER, { kid: 'k9', alg: 'ES256', spki: '' }, undefined)
    expect(await account()).toMatchObject({ lock: first.lock, barred: { code: 'device.revoked' } })
    expect((await account()).receiptKeys.map(({ kid }) => kid)).toEqual(['k9', 'k1'])
    await outbox.lock(OWNER)
    expect(await outbox.vault.unlock(await account(), CODE)).toBe(true)
    expect(await outbox.records(OWNER)).toHaveLength(SAVED)
  })

  it('can be half sealed and locked: counted still, whole again after the code', async () => {
    await oldDisk()
    outbox = new Outbox(clock)
    await outbox.vault.load()
    const { lock, key } = await makeLock(OWNER, CODE, ROUNDS)
    const revive = dieAfter(outbox, 3)
    const known = await account()
    await expect(outbox.protect(known, lock, key, known.key as string)).rejects.toThrow('battery')
    revive()
    await outbox.vault.lock(OWNER)
    expect(await outbox.counts(OWNER)).toMatchObject({ unsent: SAVED })
    await outbox.vault.unlock(await account(), CODE)
    await outbox.sealRest(OWNER)
    expect(await outbox.records(OWNER)).toHaveLength(SAVED)
    expect(await disk()).not.toContain('birth_registration')
  })
})
