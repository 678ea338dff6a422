import { describe, expect, it } from 'vitest'
import { answered, begun, isStuck, whole } from '../src/app/assist'
import type { Outing } from '../src/server'
import { ANSWERS, DAY } from './phone'

const OUTING: Outing = {
  ...{ code: 'CMG-7K2Q', site: 'Một cửa', place: 'Quảng Phú', held_on: '2023-10-05', starts_at: '07:30' },
  ...{ ends_at: '11:30', state: 'open', services: ['birth_registration', 'voso'], mine: true },
}

describe('the questions', () => {
  it('ask what hinders at the lowest rung only', () => {
    expect(isStuck(DAY, { ...ANSWERS, result: 'helped' })).toBe(true)
    expect(isStuck(DAY, { ...ANSWERS, result: 'filed' })).toBe(false)
    expect(whole(DAY, { ...ANSWERS, result: 'helped', bottleneck: null })).toBeNull()
    expect(whole(DAY, { ...ANSWERS, result: 'helped', bottleneck: 'signal' })).not.toBeNull()
    expect(whole(DAY, ANSWERS)).toEqual(ANSWERS)
  })

  it('drop a result that another service’s ladder does not have', () => {
    const changed = answered(DAY, ANSWERS, { service: 'voso' })
    expect(changed).toMatchObject({ service: 'voso', group: 'ecommerce', bottleneck: null })
    expect(changed.result).toBeUndefined()
  })

  it('forget what hindered when nothing does any more', () => {
    const stuck = { ...ANSWERS, result: 'helped', bottleneck: 'signal' }
    expect(answered(DAY, stuck, { result: 'filed' }).bottleneck).toBeNull()
  })
})

describe('the next person', () => {
  it('begins with the last values, never with how', () => {
    const answers = begun(DAY, OUTING, ANSWERS)
    expect(answers).toEqual({ ...ANSWERS, how: undefined })
    expect(whole(DAY, answers)).toBeNull()
  })

  it('begins with the only service and the first language when nothing is known', () => {
    const answers = begun(DAY, { ...OUTING, services: ['voso'] }, {})
    expect(answers).toMatchObject({ service: 'voso', group: 'ecommerce', language: 'vi' })
  })

  it('does not begin with what this day no longer knows', () => {
    const answers = begun(DAY, OUTING, { ...ANSWERS, service: 'gone', language: 'xx' })
    expect(answers).toEqual({ outing: OUTING.code, bottleneck: null, language: 'vi' })
  })
})
