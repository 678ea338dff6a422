import { describe, expect, it } from 'vitest'
import { nextDay, sortShifts, spansOn } from '../src/app/shifts'
import type { Outing } from '../src/server'

const TODAY = '2023-10-05'

function outing(code: string, changes: Partial<Outing> = {}): Outing {
  return {
    ...{ code, site: 'Chợ', place: 'Cư M’gar', held_on: TODAY, starts_at: '08:00', ends_at: '11:00' },
    ...{ state: 'planned', services: [], mine: true, ...changes },
  }
}

function desk(code: string, spans: [on: string, opens: string, closes: string, mine: boolean][]): Outing {
  const hours = spans.map(([on, opens_at, closes_at, mine]) => ({ on, opens_at, closes_at, mine }))
  return outing(code, { kind: 'desk', hours, held_on: spans[0]?.[0] ?? TODAY, mine: spans[0]?.[3] ?? false })
}

const codes = (places: Outing[]) => places.map((one) => one.code)

describe('shifts', () => {
  it('puts outings and desks of today together, by their hour', () => {
    const open = desk('DESK', [
      [TODAY, '07:30', '11:00', true],
      [TODAY, '13:30', '16:30', true],
    ])
    const found = sortShifts([outing('NOON', { starts_at: '12:00' }), open], TODAY)
    expect(codes(found.today)).toEqual(['DESK', 'NOON'])
    expect(spansOn(open, TODAY).map((one) => one.opens_at)).toEqual(['07:30', '13:30'])
  })

  it('knows the day of a desk on a phone that was out of signal for days', () => {
    const told = desk('DESK', [
      ['2023-10-03', '07:30', '11:00', true],
      [TODAY, '13:30', '16:30', true],
    ])
    expect(codes(sortShifts([told], TODAY).today)).toEqual(['DESK'])
    expect(nextDay(told, TODAY)).toBe(TODAY)
    const old = sortShifts([told], '2023-10-20')
    expect([codes(old.later), codes(old.others)]).toEqual([[], ['DESK']])
    expect(nextDay(told, '2023-10-20')).toBe('2023-10-03')
  })

  it('shows a desk under the days of those on its roster, and to all others below', () => {
    const monday = desk('DESK', [
      [TODAY, '07:30', '11:00', false],
      ['2023-10-09', '07:30', '11:00', true],
    ])
    expect(codes(sortShifts([monday], TODAY).later)).toEqual(['DESK'])
    const others = desk('DESK', [[TODAY, '07:30', '11:00', false]])
    expect(codes(sortShifts([others], TODAY).others)).toEqual(['DESK'])
  })

  it('sorts a day of before there were desks as ever', () => {
    const places = [
      outing('MINE'),
      outing('PAST', { held_on: '2023-10-04' }),
      outing('OTHER', { mine: false }),
      outing('OFF', { state: 'cancelled' }),
    ]
    const found = sortShifts(places, TODAY)
    expect([codes(found.today), codes(found.later), codes(found.others)]).toEqual([['MINE'], ['PAST'], ['OTHER']])
  })
})
