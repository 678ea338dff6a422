import { beforeEach, describe, expect, it } from 'vitest'
import { asRecord, correcting, type FormFile, Forms, type KeptForm, newFormDraft } from '../src/outbox/forms'
import type { Outbox } from '../src/outbox/outbox'
import { Photos } from '../src/outbox/photos'
import type { Account, Row } from '../src/outbox/rules'
import { flush } from '../src/outbox/sync'
import { ModelServer, newDisk, OWNER, phoneOf } from './phone'

const FORM: KeptForm = { id: 'supervision', version: '1', title: 'Giám sát', md5: 'm', xml: '<h:html/>' }
const META = '<orx:meta><orx:instanceID>uuid:theirs</orx:instanceID></orx:meta>'
const ANSWERS = `<data xmlns:orx="o" id="supervision" version="1"><held>yes</held>${META}</data>`
const TAKEN = '2023-10-05T08:00:00.000+07:00'
const file = (name: string): FormFile => ({ name, type: 'image/jpeg', bytes: new Uint8Array([1, 2, 3]) })

let server: ModelServer
let outbox: Outbox
let forms: Forms
const account = async () => (await outbox.account(OWNER)) as Account

beforeEach(async () => {
  newDisk()
  server = new ModelServer()
  outbox = await phoneOf(server)
  forms = new Forms(outbox, new Photos(outbox))
})

describe('the payload', () => {
  it('carries our own id, whatever the engine has made of it', () => {
    expect(asRecord(ANSWERS, 'uuid:ours', null)).toBe(ANSWERS.replace('uuid:theirs', 'uuid:ours'))
    const bare = '<data id="x"><meta><instanceID/></meta></data>'
    expect(asRecord(bare, 'uuid:1', null)).toBe('<data id="x"><meta><instanceID>uuid:1</instanceID></meta></data>')
  })

  it('loses the id of the draft that it was made from, and names what it corrects', () => {
    const edited = ANSWERS.replace('</orx:meta>', '<orx:deprecatedID>uuid:draft</orx:deprecatedID></orx:meta>')
    expect(asRecord(edited, 'uuid:ours', null)).not.toContain('deprecatedID')
    const corrected = asRecord(edited, 'uuid:ours', 'uuid:first')
    expect(corrected.match(/<orx:deprecatedID>([^<]*)</)?.[1]).toBe('uuid:first')
    expect(corrected.match(/deprecatedID>/g)).toHaveLength(2)
  })

  it('is refused without a place for its id', () => {
    expect(() => asRecord('<data id="x"/>', 'uuid:1', null)).toThrow('instanceID')
  })
})

describe('saving', () => {
  it('numbers it among the records, sends it as a form, and its pictures after it', async () => {
    const draft = { ...newFormDraft(OWNER, FORM.id, FORM), xml: ANSWERS, files: [file('1.jpg')] }
    await forms.keepDraft(draft)
    const row = await forms.save(draft, ANSWERS, [file('1.jpg')], TAKEN)
    expect(row).toMatchObject({ id: draft.id, seq: 1, form: { id: 'supervision', version: '1', title: 'Giám sát' } })
    expect(await forms.places(OWNER)).toEqual([])
    const kinds: string[] = []
    await flush(
      outbox,
      await account(),
      (envelope) => {
        kinds.push(...envelope.items.map((item) => item.kind))
        return server.receive(envelope)
      },
      '2026.1',
    )
    expect(kinds).toEqual(['form'])
    await forms.album.flush(await account(), server.line)
    expect(await forms.album.list(OWNER)).toMatchObject([{ state: 'received', consent: 'in_answers', name: '1.jpg' }])
  })

  it('makes one record, with its pictures once, of a draft that is saved twice', async () => {
    const draft = newFormDraft(OWNER, FORM.id, FORM)
    const both = await Promise.all([1, 2].map(() => forms.save(draft, ANSWERS, [file('1.jpg')], TAKEN)))
    expect(both[0]).toEqual(both[1])
    expect(await forms.album.list(OWNER)).toHaveLength(1)
  })

  it('keeps no draft of a record that is saved', async () => {
    const draft = newFormDraft(OWNER, FORM.id, FORM)
    await forms.save(draft, ANSWERS, [], TAKEN)
    await forms.keepDraft({ ...draft, xml: ANSWERS })
    expect(await forms.places(OWNER)).toEqual([])
  })

  it('corrects what the server has, and makes anew what it returned', async () => {
    const row = await forms.save(newFormDraft(OWNER, FORM.id, FORM), ANSWERS, [], TAKEN)
    const received: Row = { ...row, state: 'received' }
    expect(correcting(received, FORM, [])).toMatchObject({ replaces: row.id, remakes: null, xml: row.payload })
    const returned: Row = { ...row, state: 'returned' }
    expect(correcting(returned, FORM, [])).toMatchObject({ replaces: null, remakes: row.id })
  })
})

it('locks a draft, and gives it back as it was', async () => {
  const draft = { ...newFormDraft(OWNER, FORM.id, FORM), xml: ANSWERS, files: [file('1.jpg')] }
  await forms.keepDraft(draft)
  const kept = await outbox.database.read((db) => db.get('form_drafts', [OWNER, FORM.id]))
  expect(kept).not.toHaveProperty('xml')
  expect(kept?.files[0]?.bytes).not.toEqual(file('1.jpg').bytes)
  expect(await forms.draft(OWNER, FORM.id)).toEqual(draft)
  expect(await forms.places(OWNER)).toEqual([FORM.id])
})

it('keeps a version while a draft is filled in by it, and no longer', async () => {
  await forms.keep(FORM)
  await forms.keepDraft(newFormDraft(OWNER, FORM.id, FORM))
  await forms.keep({ ...FORM, version: '2' })
  expect(await forms.kept(FORM.id, '1')).toBeDefined()
  await forms.save((await forms.draft(OWNER, FORM.id)) as never, ANSWERS, [], TAKEN)
  await forms.keep({ ...FORM, version: '3' })
  expect(await forms.kept(FORM.id, '1')).toBeUndefined()
  expect(await forms.kept(FORM.id, '3')).toBeDefined()
})
