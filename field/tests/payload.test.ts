import { describe, expect, it } from 'vitest'
import { anchorFrom, campaignNow, isoWithOffset, stamp } from '../src/outbox/clock'
import { assistXml, sha256, xmlText } from '../src/outbox/xml'
import { ANSWERS, FORM, TestClock } from './phone'

describe('the payload', () => {
  it('has the shape that ODK Collect sends', () => {
    expect(assistXml(FORM, 'uuid:1', '2023-10-05T08:00:00.000+07:00', ANSWERS)).toBe(`<?xml version='1.0' ?>
<data xmlns:orx="http://openrosa.org/xforms" id="assist" version="2023091501">
  <start>2023-10-05T08:00:00.000+07:00</start>
  <outing>CMG-7K2Q</outing>
  <service>birth_registration</service>
  <group>online_public_service</group>
  <result>filed</result>
  <how>guided</how>
  <language>rad</language>
  <orx:meta><orx:instanceID>uuid:1</orx:instanceID></orx:meta>
</data>
`)
  })

  it('says what hinders, and which record it corrects', () => {
    const stuck = { ...ANSWERS, result: 'helped', bottleneck: 'signal' }
    const xml = assistXml(FORM, 'uuid:2', '', stuck, 'uuid:1')
    expect(xml).toContain('<bottleneck>signal</bottleneck>')
    expect(xml).toContain('<orx:instanceID>uuid:2</orx:instanceID><orx:deprecatedID>uuid:1</orx:deprecatedID>')
  })

  it('holds any text, and nothing that XML cannot', () => {
    expect(xmlText(`<a href="x">M'Nông & Ê Đê</a>`)).toBe(
      '&lt;a href=&quot;x&quot;&gt;M&apos;Nông &amp; Ê Đê&lt;/a&gt;',
    )
    expect(xmlText('a\u0000\u0008\ud800b\uffff😀\n')).toBe('ab😀\n')
  })

  it('refuses a field that is no name', () => {
    const form = { ...FORM, fields: { ...FORM.fields, how: 'a><b' } }
    expect(() => assistXml(form, 'uuid:1', '', ANSWERS)).toThrow('not the name of an element')
  })

  it('is named by its bytes', async () => {
    expect(await sha256('Ê Đê')).toBe('355ad1dadec4ed59b2c3279ee9f1e08f6008bc9a725e1586d20d2de12f87f1f4')
    expect(await sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
})

describe('the time', () => {
  it('is written with its offset', () => {
    const ms = Date.parse('2023-10-05T08:40:12.345+07:00')
    expect(Date.parse(isoWithOffset(ms))).toBe(ms)
    expect(isoWithOffset(ms)).toMatch(/^2023-10-0[45]T\d\d:\d\d:12\.345[+-]\d\d:\d\d$/)
  })

  it('is stamped with all that the phone knows', () => {
    const clock = new TestClock()
    clock.monoMs = 5000
    const anchor = anchorFrom(clock, '2023-10-05T01:00:00.000Z', 4200)
    clock.pass(1500)
    expect(stamp(clock, anchor)).toEqual({
      wall: isoWithOffset(clock.wallMs),
      mono: 6500,
      origin: clock.origin,
      anchor: { server: '2023-10-05T01:00:00.000Z', mono: 5000, origin: clock.origin, rtt: 800 },
    })
    expect(stamp(clock, null).anchor).toBeNull()
  })

  it('tells the campaign’s day by the clock that nobody moves, else by the wall', () => {
    const clock = new TestClock()
    const anchor = anchorFrom(clock, '2023-10-05T01:00:00.000Z', clock.monoMs)
    clock.wallMs = 0 // a flat battery
    clock.monoMs += 60_000
    expect(campaignNow(clock, anchor)).toBe(Date.parse('2023-10-05T01:01:00.000Z'))
    const later = new TestClock(anchor.wallMs + 3_600_000, 0) // another page, an hour later
    expect(campaignNow(later, anchor)).toBe(Date.parse('2023-10-05T02:00:00.000Z'))
    expect(campaignNow(new TestClock(0, 0), anchor)).toBe(Date.parse(anchor.server)) // never before the server's word
    expect(campaignNow(later, null)).toBe(later.wallMs)
  })
})
