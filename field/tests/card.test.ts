import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { metOn, nextRung, whole } from '../src/app/assist'
import { markOf, scanned } from '../src/app/card_code'
import { readWords, WORDS } from '../src/app/card_words'
import { localDay } from '../src/outbox/clock'
import type { Outbox } from '../src/outbox/outbox'
import { assistXml } from '../src/outbox/xml'
import vectors from './card_vectors.json'
import { ANSWERS, DAY, draft, FORM, ModelServer, newDisk, OWNER, phoneOf, TestClock } from './phone'

const MARK = 'm1-00000000000000000000000000000001'
const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('hex')

describe('a card’s code', () => {
  it.each(vectors)('is read as the server reads it: $code', async ({ code, text, words, mark }) => {
    expect(hex(scanned(text))).toBe(code)
    expect(hex(scanned(`https://raquan.vn/c/1/${text.toLowerCase()}`))).toBe(code)
    expect(hex(readWords(words).code)).toBe(code)
    expect(hex(readWords(words.normalize('NFD').toUpperCase().replaceAll(' ', '\n')).code)).toBe(code)
    expect(await markOf(scanned(text) as Uint8Array)).toBe(mark)
  })

  it('is nothing when it is something else', () => {
    for (const text of [
      '',
      'CMG-7K2Q',
      'https://x.vn/c/2/AAAA',
      `${'A'.repeat(25)}B`,
      'https://x.vn/2023/outings/A/',
    ]) {
      expect(scanned(text)).toBeNull()
    }
  })

  it('is never another card’s by one wrong word', () => {
    const all = [...new Set(vectors.flatMap(({ words }) => words.split(' ')))]
    const place = fc.nat(WORDS - 1)
    fc.assert(
      fc.property(fc.constantFrom(...vectors), place, fc.constantFrom(...all), ({ words }, at, wrong) => {
        const typed = words.split(' ')
        if (typed[at] === wrong) return
        typed[at] = wrong
        expect(readWords(typed.join(' ')).code).toBeNull()
      }),
    )
  })

  it('says which words are on no card, and how many there are', () => {
    expect(readWords('xyz ai').unknown).toEqual(['xyz'])
    expect(readWords('ai ai').count).toBe(2)
  })
})

describe('a card on the phone', () => {
  let outbox: Outbox
  let clock: TestClock
  const other = 'm1-00000000000000000000000000000002'
  const met = async (mark: string) => metOn(await outbox.records(OWNER), mark, localDay(clock.wall()))

  beforeEach(async () => {
    newDisk()
    clock = new TestClock()
    outbox = await phoneOf(new ModelServer(), clock)
  })

  it('is met when the record that shows it is saved, and only then', async () => {
    expect(await met(MARK)).toEqual([])
    await outbox.save(draft(), { ...ANSWERS, card: MARK }, FORM)
    await outbox.save(draft(), ANSWERS, FORM)
    expect(await met(MARK)).toMatchObject([{ service: ANSWERS.service, result: ANSWERS.result }])
  })

  it('follows a correction of the record, to another card or to none', async () => {
    const first = await outbox.save(draft(), { ...ANSWERS, card: MARK }, FORM)
    const second = await outbox.save({ ...draft(), replaces: first.id }, { ...ANSWERS, card: other }, FORM)
    expect(await met(MARK)).toEqual([])
    expect(await met(other)).toHaveLength(1)
    await outbox.save({ ...draft(), replaces: second.id }, ANSWERS, FORM)
    expect(await met(other)).toEqual([])
  })

  it('is not met any more on the next day', async () => {
    await outbox.save(draft(), { ...ANSWERS, card: MARK }, FORM)
    clock.pass(24 * 3600 * 1000)
    expect(await met(MARK)).toEqual([])
  })

  it('is sealed with the record: the disk tells no mark', async () => {
    await outbox.save(draft(), { ...ANSWERS, card: MARK }, FORM)
    const kept = await outbox.database.read((db) => db.getAll('records'))
    expect(JSON.stringify(kept)).not.toContain(MARK)
  })
})

describe('a record', () => {
  const form = { ...FORM, fields: { ...FORM.fields, card: 'card' } }

  it('carries the mark where the form asks for a card', () => {
    const answers = { ...ANSWERS, card: MARK }
    expect(assistXml(form, 'uuid:1', '', answers)).toContain(`<card>${MARK}</card>`)
    expect(assistXml(FORM, 'uuid:1', '', answers)).not.toContain(MARK)
    expect(assistXml(form, 'uuid:1', '', ANSWERS)).not.toContain('<card>')
  })

  it('is whole without a card', () => {
    expect(whole(DAY, { ...ANSWERS, card: null })).toEqual(ANSWERS)
    expect(whole(DAY, { ...ANSWERS, card: MARK })).toEqual({ ...ANSWERS, card: MARK })
  })

  it('of a card that was met proposes the next rung, and none above the highest', () => {
    expect(nextRung(DAY, 'birth_registration', 'helped')?.code).toBe('filed')
    expect(nextRung(DAY, 'birth_registration', 'filed')).toBeUndefined()
    expect(nextRung(DAY, 'birth_registration', 'nonsense')).toBeUndefined()
    expect(nextRung(DAY, 'gone', 'helped')).toBeUndefined()
  })
})
