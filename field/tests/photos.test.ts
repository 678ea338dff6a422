import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { Refused } from '../src/line'
import { adopt } from '../src/outbox/adopting'
import { Forms, newFormDraft } from '../src/outbox/forms'
import { Outbox } from '../src/outbox/outbox'
import { PART, type PhotoSaid } from '../src/outbox/photo_rules'
import { type PhotoLine, Photos } from '../src/outbox/photos'
import { type Account, KEPT_MS } from '../src/outbox/rules'
import { flush } from '../src/outbox/sync'
import { makeLock } from '../src/outbox/vault'
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

const SAID: PhotoSaid = { consent: 'agreed', agreedBy: ['beneficiary'], illustration: false, caption: 'Bà con tự bấm' }
const picture = (size: number) => Uint8Array.from({ length: size }, (_, n) => (n * 31) % 251)

let server: ModelServer
let outbox: Outbox
let album: Photos
const account = async () => (await outbox.account(OWNER)) as Account
const states = async () => (await album.list(OWNER)).map((photo) => photo.state)
const send = async (line: PhotoLine = server.line) => album.flush(await account(), line)
const sync = async () => flush(outbox, await account(), server.receive, '2026.1')
const record = async () => (await outbox.save(draft(), ANSWERS, FORM)).id
const add = (of: string, size = 200_000) => album.add(OWNER, of, picture(size), SAID, '2023-10-05T08:00:00.000+07:00')

beforeEach(async () => {
  newDisk()
  server = new ModelServer()
  outbox = await phoneOf(server)
  album = new Photos(outbox)
})

describe('sending', () => {
  it('goes after its record, in parts, and is received by its own receipt', async () => {
    const photo = await add(await record())
    expect(await send()).toBe('sent')
    expect(server.photos.size).toBe(0)
    await sync()
    expect(await send()).toBe('sent')
    expect(server.photos.get(photo.id)?.bytes.length).toBe(200_000)
    expect((await album.list(OWNER))[0]).toMatchObject({ state: 'received', offset: 200_000 })
    expect(await send()).toBe('sent')
  })

  it('goes on where the line broke', async () => {
    await add(await record())
    await sync()
    let parts = 0
    const starts: number[] = []
    const thin: PhotoLine = {
      begin: server.line.begin,
      append: async (id, start, part, key) => {
        if (++parts === 2) throw new TypeError('Failed to fetch')
        starts.push(start)
        return server.line.append(id, start, part, key)
      },
    }
    expect(await send(thin)).toBe('later')
    expect((await album.list(OWNER))[0]).toMatchObject({ state: 'sent', offset: PART })
    expect(await send(thin)).toBe('sent')
    expect(starts).toEqual([0, PART, 2 * PART, 3 * PART])
    expect(await states()).toEqual(['received'])
  })

  it('calls nothing received that the server has not signed for', async () => {
    await add(await record())
    await sync()
    server.spoil = (compact) => `${compact.slice(0, -4)}AAAA`
    await send()
    expect((await album.list(OWNER))[0]).toMatchObject({ receipt: null, trouble: { code: 'receipt.unverified' } })
    server.spoil = (compact) => compact
    await send()
    expect(await states()).toEqual(['received'])
  })

  it('steps over a photo that is refused, keeps it, and says why', async () => {
    const of = await record()
    const first = await add(of, 10)
    await add(of, 20)
    await sync()
    server.unwelcomePhotos.set(first.id, new Refused(422, { code: 'photo.record_full', message: 'Đủ ảnh.' }))
    expect(await send()).toBe('stuck')
    expect((await states()).sort()).toEqual(['received', 'returned'])
    const [returned] = (await album.list(OWNER)).filter((photo) => photo.state === 'returned')
    expect(returned?.reason?.message).toBe('Đủ ảnh.')
    expect(await album.bytes(first)).toEqual(picture(10))
    server.unwelcomePhotos.clear()
    await album.sendAgain(first)
    expect(await send()).toBe('sent')
    expect(await states()).toEqual(['received', 'received'])
  })

  it('waits at an older server, backs off at a busy one, stops at one that bars it', async () => {
    const photo = await add(await record(), 10)
    await sync()
    const says = async (status: number) => {
      server.unwelcomePhotos.set(photo.id, new Refused(status, { code: `http.${status}`, message: '' }))
      return send()
    }
    expect(await says(404)).toBe('sent')
    expect(await says(429)).toBe('later')
    expect(await says(503)).toBe('later')
    expect(await says(401)).toBe('barred')
    expect(await states()).toEqual(['saved'])
  })

  it('sends a photo that was hurt on the way again from its beginning', async () => {
    await add(await record(), 100)
    await sync()
    const hurting: PhotoLine = {
      begin: server.line.begin,
      append: (id, start, part, key) =>
        server.line.append(
          id,
          start,
          part.map((byte) => byte ^ 1),
          key,
        ),
    }
    expect(await send(hurting)).toBe('stuck')
    expect((await album.list(OWNER))[0]).toMatchObject({ state: 'saved', trouble: { code: 'photo.damaged' } })
    expect(await send()).toBe('sent')
    expect(await states()).toEqual(['received'])
  })

  it('never loses a photo, whatever the line does', async () => {
    const moods = fc.array(fc.constantFrom('ok', 'lost before', 'lost after'), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(moods, async (all) => {
        const photo = await add(await record(), 150_000)
        await sync()
        const rest = [...all]
        const through = async <T>(work: () => Promise<T>): Promise<T> => {
          const mood = rest.shift() ?? 'ok'
          if (mood === 'lost before') throw new TypeError('Failed to fetch')
          const done = await work()
          if (mood === 'lost after') throw new TypeError('Failed to fetch')
          return done
        }
        const line: PhotoLine = {
          begin: (row, key) => through(() => server.line.begin(row, key)),
          append: (id, start, part, key) => through(() => server.line.append(id, start, part, key)),
        }
        while ((await send(line)) !== 'sent') expect(await album.bytes(photo)).toHaveLength(150_000)
        expect(await states()).not.toContain('saved')
        expect(Uint8Array.from(server.photos.get(photo.id)?.bytes ?? [])).toEqual(picture(150_000))
      }),
      { numRuns: 8 },
    )
  }, 60_000)
})

describe('keeping', () => {
  it('moves with a record that was returned and made anew', async () => {
    const of = await record()
    await add(of, 10)
    server.unwelcome.add(of)
    await sync()
    expect(await send()).toBe('sent')
    expect(await states()).toEqual(['saved'])
    const anew = await outbox.save({ ...draft(), remakes: of }, ANSWERS, FORM)
    await sync()
    await send()
    expect((await album.list(OWNER))[0]).toMatchObject({ record: anew.id, state: 'received' })
  })

  it('keeps a record on the phone while a photo of it waits, and lets both go after seven days', async () => {
    const of = await record()
    await sync()
    await add(of, 10)
    server.clock += KEPT_MS
    await record()
    await sync()
    expect((await outbox.records(OWNER)).map((row) => row.id)).toContain(of)
    await send()
    server.clock += KEPT_MS
    await album.forget(OWNER, new Date(server.clock).toISOString())
    expect(await album.list(OWNER)).toEqual([])
    expect(await outbox.database.read((db) => db.getAllKeys('photo_bytes'))).toEqual([])
    await record()
    await sync()
    expect((await outbox.records(OWNER)).map((row) => row.id)).not.toContain(of)
  })

  it('takes a photo away when a person asks, unless the server has it', async () => {
    const of = await record()
    const first = await add(of, 10)
    await album.drop(first.id)
    expect(await album.list(OWNER)).toEqual([])
    expect(await album.bytes(first)).toBeNull()
    const second = await add(of, 10)
    await sync()
    await send()
    await album.drop(second.id)
    expect(await states()).toEqual(['received'])
  })

  it('locks the bytes by the code of their owner', async () => {
    const photo = await add(await record(), 100)
    const lying = await outbox.database.read((db) => db.get('photo_bytes', photo.id))
    expect(lying?.length).toBeGreaterThan(100)
    expect(String(lying)).not.toContain(String(picture(40)))
    expect(await album.bytes(photo)).toEqual(picture(100))
    await outbox.lock(OWNER)
    await expect(album.bytes(photo)).rejects.toThrow()
  })

  it('leaves no half of a photo when the disk refuses', async () => {
    const said = { ...SAID, caption: (() => '') as unknown as string } // what no disk can hold
    await expect(album.add(OWNER, 'uuid:1', picture(10), said, '')).rejects.toThrow()
    expect(await outbox.database.read((db) => db.getAllKeys('photo_bytes'))).toEqual([])
  })
})

it('takes over what a phone has kept before there were photos', async () => {
  await outbox.database.close()
  newDisk()
  const old = await firstRelease()
  await old.put('accounts', { ...(await server.account()), lastSeq: 1 })
  const answers = { ...ANSWERS }
  await old.put('records', { id: 'uuid:old', owner: OWNER, seq: 1, state: 'saved', answers })
  old.close()
  outbox = await phoneOf(server)
  album = new Photos(outbox)
  expect((await outbox.records(OWNER)).map((row) => row.id)).toEqual(['uuid:old'])
  expect((await outbox.save(draft(), ANSWERS, FORM)).seq).toBe(2)
  await add('uuid:old', 10)
  expect(await states()).toEqual(['saved'])
})

describe('an account of before there were locks', () => {
  const open = async () => {
    newDisk()
    outbox = new Outbox(new TestClock())
    album = new Photos(outbox)
    await outbox.keepAccount(await server.account())
    return new Forms(outbox, album)
  }
  const files = [{ name: '1.jpg', type: 'image/jpeg', bytes: picture(30) }]
  const form = { ...newFormDraft(OWNER, 'supervision', { id: 'supervision', version: '1', title: 'Giám sát' }), files }
  const kept = async () =>
    outbox.database.read(async (db) => [
      ...(await db.getAll('photo_bytes')),
      ...(await db.getAll('form_drafts')).flatMap((draft) => draft.files.map((file) => file.bytes)),
    ])

  it.each([0, 1, 2, 3, 4, 5, 6])(
    'has its photos and drafts sealed, though it is cut off after %i writes',
    async (writes) => {
      const forms = await open()
      const photo = await add(await record(), 30)
      await forms.keepDraft({ ...form, xml: '<held>yes</held>' })
      expect(await kept()).toEqual([picture(30), picture(30)])
      const { lock, key } = await makeLock(OWNER, CODE, ROUNDS)
      const before = await account()
      const revive = dieAfter(outbox, writes)
      await outbox.protect(before, lock, key, before.key as string).catch(() => undefined)
      revive()

      if (!(await account()).lock) await outbox.protect(await account(), lock, key, before.key as string)
      await outbox.sealRest(OWNER)
      for (const bytes of await kept()) expect(bytes.length).toBeGreaterThan(30)
      expect(JSON.stringify(await outbox.database.read((db) => db.getAll('form_drafts')))).not.toContain('held')
      expect(await album.bytes(photo)).toEqual(picture(30)) // by its row as it was read before
      expect(await forms.draft(OWNER, 'supervision')).toEqual({ ...form, xml: '<held>yes</held>' })
      await sync()
      expect(await send()).toBe('sent')
      expect(await states()).toEqual(['received'])
      expect((await album.list(OWNER))[0]?.isSealed).toBe(true)
    },
  )
})

it('goes over to the new account of its person with the drafts of forms, sealed for that one', async () => {
  const forms = new Forms(outbox, album)
  const photo = await add(await record(), 30)
  const form = newFormDraft(OWNER, 'supervision', { id: 'supervision', version: '1', title: 'Giám sát' })
  await forms.keepDraft({ ...form, xml: '<held>yes</held>' })
  const next = 'a0000000-0000-4000-8000-000000000002'
  const fresh = await outbox.keepAccount({ ...(await server.account()), clientId: next })
  const { lock, key } = await makeLock(next, CODE, ROUNDS)
  await outbox.protect(fresh, lock, key, fresh.key as string)
  await forms.keepDraft({ ...form, owner: next, id: 'uuid:other', xml: '<held>no</held>' })

  await adopt(outbox, await account(), (await outbox.account(next)) as Account)
  expect(await album.list(OWNER)).toEqual([])
  const [moved] = await album.list(next)
  expect(moved).toMatchObject({ id: photo.id, record: photo.record, isSealed: true })
  expect(await album.bytes(photo)).toEqual(picture(30))
  expect((await forms.draft(next, 'supervision'))?.xml).toBe('<held>no</held>')
  expect((await forms.draft(next, `supervision ${form.id}`))?.xml).toBe('<held>yes</held>')
  const to = (await outbox.account(next)) as Account
  await flush(outbox, to, server.receive, '2026.1')
  expect(await album.flush(to, server.line)).toBe('sent')
  expect((await album.list(next)).map((one) => one.state)).toEqual(['received'])
})
