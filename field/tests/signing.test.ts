/** Several helpers on one phone: each lets in only what is theirs, and a code that is known needs no network. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { codeIn, enter, protect, unlock } from '../src/app/signing'
import { adopt } from '../src/outbox/adopting'
import { Outbox } from '../src/outbox/outbox'
import { base64 } from '../src/outbox/receipt'
import type { Account } from '../src/outbox/rules'
import { type Bytes, openLock } from '../src/outbox/vault'
import { ANSWERS, draft, FORM, ModelServer, newDisk, openingKey, ROUNDS, TestClock } from './phone'

const BINH = 'ACDE-FHJK-MN'
const MEK = 'QRTW-XY23-45'
const PEOPLE: Record<string, { id: string; name: string }> = {
  NEWWCDDEE3: { id: 'p1', name: 'Trần Văn Bình' },
  ACDEFHJKMN: { id: 'p1', name: 'Trần Văn Bình' },
  QRTWXY2345: { id: 'p2', name: 'Y Mek Ê Nuôl' },
}

let outbox: Outbox
let server: ModelServer
let line: 'good' | 'down' | 'answer lost'
/** What the server gives for a spare, in base64; it refuses when there is none. */
let spareKey: string
const bundleKey = openingKey()
let asked: { code: string; client_id: string }[]

beforeEach(() => {
  newDisk()
  outbox = new Outbox(new TestClock(), 'raquan-field', ROUNDS)
  server = new ModelServer()
  line = 'good'
  asked = []
  spareKey = ''
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (line === 'down') throw new TypeError('Failed to fetch')
    if (url.endsWith('/spare')) {
      return spareKey ? Response.json({ data_key: spareKey }) : Response.json({ message: 'Không' }, { status: 403 })
    }
    const said = JSON.parse(init.body as string) as { code: string; client_id: string }
    asked.push(said)
    if (line === 'answer lost') throw new TypeError('Failed to fetch')
    const person = PEOPLE[said.code]
    if (!person) return Response.json({ code: 'field_code.wrong', message: 'Mã chưa đúng.' }, { status: 401 })
    const key = `key of ${said.code} on ${said.client_id}`
    const device = { id: said.client_id, number: 1, label: '' }
    const receipt_key = await server.receiptKey()
    const times = { valid_until: '2023-10-31', server_time: '2023-10-05T01:00:00Z' }
    return Response.json({ key, person, device, receipt_key, bundle_key: await bundleKey, ...times })
  })
})
afterEach(() => vi.unstubAllGlobals())

async function entered(code: string): Promise<Account> {
  const entry = await enter(outbox, code, 'Máy')
  if ('failure' in entry) throw new Error(JSON.stringify(entry.failure))
  return (await outbox.account(entry.clientId)) as Account
}

describe('letting people in', () => {
  it('keeps each one’s records and drafts apart, and sends for all who are open', async () => {
    const binh = await entered(BINH)
    const mek = await entered(MEK)
    expect(binh.clientId).not.toBe(mek.clientId)
    await outbox.save({ ...draft(), owner: binh.clientId }, ANSWERS, FORM)
    await outbox.keepDraft({ ...draft(), owner: mek.clientId })
    expect(await outbox.records(mek.clientId)).toEqual([])
    expect(await outbox.drafts(binh.clientId)).toEqual([])
    await outbox.lock(binh.clientId)
    expect(outbox.vault.isOpen(mek)).toBe(true)
    expect(outbox.vault.isOpen(binh)).toBe(false)
    expect(await outbox.drafts(mek.clientId)).toHaveLength(1)
    expect(await outbox.vault.serverKey(mek)).toBe(`key of QRTWXY2345 on ${mek.clientId}`)
    expect(mek.bundleKey?.kid).toBe('b1')
  })

  it('opens who is known here without a network, and makes nobody twice', async () => {
    const binh = await entered(BINH)
    await entered(MEK)
    await outbox.lock(binh.clientId)
    line = 'down'
    expect(await enter(outbox, BINH.toLowerCase(), '')).toEqual({ clientId: binh.clientId })
    expect(await outbox.accounts()).toHaveLength(2)
    expect(outbox.vault.isOpen(binh)).toBe(true)
  })

  it('names the same device again when the answer was lost, and another for another code', async () => {
    line = 'answer lost'
    expect(await enter(outbox, BINH, '')).toEqual({ failure: 'offline' })
    line = 'good'
    await entered(BINH)
    await entered(MEK)
    const ids = asked.map((one) => one.client_id)
    expect(ids[0]).toBe(ids[1])
    expect(new Set(ids).size).toBe(2)
  })

  it('says what the server says of a wrong code, and keeps nothing of it', async () => {
    expect(await enter(outbox, 'AAAA-AAAA-AA', '')).toEqual({ failure: { message: 'Mã chưa đúng.' } })
    expect(await outbox.accounts()).toEqual([])
  })

  it('reads a code that was typed, scanned, or came with an address', () => {
    for (const text of ['acde fhjk mn', BINH, `https://raquan.example.vn/field/#/sign-in/${BINH}`]) {
      expect(codeIn(text)).toBe('ACDEFHJKMN')
    }
  })
})

describe('the code of one account', () => {
  it('opens that account and no other', async () => {
    const binh = await entered(BINH)
    await outbox.lock(binh.clientId)
    expect(await unlock(outbox, binh, MEK)).toEqual({ failure: { message: expect.stringContaining('chưa đúng') } })
    expect(await unlock(outbox, binh, BINH)).toEqual({ clientId: binh.clientId })
  })

  it('locks an account of before there were locks, once the server knows it', async () => {
    const { lock, ...old } = await entered(BINH)
    const plain: Account = { ...old, key: `key of ACDEFHJKMN on ${old.clientId}` }
    await outbox.database.write(async (tx) => {
      await tx.objectStore('accounts').put(plain)
      await tx.objectStore('keys').clear()
    })
    await outbox.save({ ...draft(), owner: plain.clientId }, ANSWERS, FORM)
    line = 'down'
    expect(await protect(outbox, plain, BINH)).toEqual({ failure: 'offline' })
    line = 'good'
    expect(await protect(outbox, plain, MEK)).toEqual({
      failure: { message: expect.stringContaining('Trần Văn Bình') },
    })
    expect((await outbox.account(plain.clientId))?.lock).toBeUndefined()
    expect(await protect(outbox, plain, BINH)).toEqual({ clientId: plain.clientId })
    const kept = await outbox.database.read((db) => db.getAll('records'))
    expect(kept.every((row) => 'sealed' in row)).toBe(true)
    expect(await outbox.records(plain.clientId)).toHaveLength(1)
  })
})

describe('a new code of the same person', () => {
  const NEW = 'NEWW-CDDE-E3'

  /** Bình has recorded with his first code, which was then taken away. */
  async function cutOff(): Promise<Account> {
    const binh = await entered(BINH)
    await outbox.save({ ...draft(), owner: binh.clientId }, ANSWERS, FORM)
    await outbox.save({ ...draft(), owner: binh.clientId }, ANSWERS, FORM)
    await outbox.keepDraft({ ...draft('CMG-OTHER', { service: 'vietqr' }), owner: binh.clientId })
    await outbox.bar(binh.clientId, { code: 'device.revoked', message: '' })
    return binh
  }

  async function holdsAll(): Promise<void> {
    const [left, ...more] = await outbox.accounts()
    expect(more).toEqual([])
    const owner = left?.clientId as string
    expect((await outbox.records(owner)).map((row) => [row.seq, row.answers])).toEqual([
      [2, ANSWERS],
      [1, ANSWERS],
    ])
    expect((await outbox.drafts(owner)).map((one) => one.answers)).toEqual([{ service: 'vietqr' }])
    expect(await outbox.counts(owner)).toMatchObject({ unsent: 2 })
    await outbox.lock(owner)
    expect(await enter(outbox, NEW, '')).toEqual({ clientId: owner })
  }

  it('takes over what the old one has recorded', async () => {
    await cutOff()
    await entered(NEW)
    await holdsAll()
  })

  it('takes it over though the old code is lost, by the spare that the server opens', async () => {
    const old = await cutOff()
    const opened = await openLock(old.clientId, old.lock as NonNullable<Account['lock']>, BINH)
    await outbox.lock(old.clientId)
    expect(old.spare?.client_id).toBe(old.clientId)
    spareKey = base64.text(opened?.raw as Bytes)
    await entered(NEW)
    await holdsAll()
  })

  it('leaves it locked and whole while the server does not open the spare; the old code opens it later', async () => {
    const old = await cutOff()
    await outbox.lock(old.clientId)
    const fresh = await entered(NEW)
    expect(await outbox.accounts()).toHaveLength(2)
    expect(await outbox.counts(old.clientId)).toMatchObject({ unsent: 2 })
    expect(await unlock(outbox, (await outbox.account(old.clientId)) as Account, BINH)).toEqual({
      clientId: fresh.clientId,
    })
    await holdsAll()
  })

  it('moves nothing when the disk fails in the middle', async () => {
    const old = await cutOff()
    const real = IDBObjectStore.prototype.put
    let left = 1
    const fresh = await entered(MEK)
    const to = { ...fresh, person: old.person }
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...rest) {
      if (left-- <= 0) throw new DOMException('full', 'QuotaExceededError')
      return real.apply(this, rest)
    }
    await expect(adopt(outbox, old, to)).rejects.toThrow()
    IDBObjectStore.prototype.put = real
    expect(await outbox.records(old.clientId)).toHaveLength(2)
    expect(await outbox.drafts(old.clientId)).toHaveLength(1)
    expect(await outbox.records(fresh.clientId)).toEqual([])
  })
})
