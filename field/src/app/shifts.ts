/** Which places are mine today, which on other days, and which are others': outings by their day, desks by their hours. */
import type { Outing } from '../server'

export interface Shifts {
  today: Outing[]
  later: Outing[]
  others: Outing[]
}

export function sortShifts(places: Outing[], today: string): Shifts {
  const found: Shifts = { today: [], later: [], others: [] }
  for (const one of places) {
    if (one.state === 'cancelled') continue
    const days = daysOfMine(one)
    if (days.includes(today)) found.today.push(one)
    else if (one.hours ? days.some((day) => day > today) : one.mine) found.later.push(one)
    else found.others.push(one)
  }
  found.today.sort((a, b) => begins(a, today).localeCompare(begins(b, today)))
  return found
}

function daysOfMine(one: Outing): string[] {
  if (one.hours) return one.hours.filter((span) => span.mine).map((span) => span.on)
  return one.mine ? [one.held_on] : []
}

const begins = (one: Outing, today: string) => spansOn(one, today)[0]?.opens_at ?? one.starts_at

/** The hours of a place on a day; an outing has one span, a desk may have none. */
export function spansOn(one: Outing, day: string): { opens_at: string; closes_at: string }[] {
  if (one.hours) return one.hours.filter((span) => span.on === day)
  return one.held_on === day ? [{ opens_at: one.starts_at, closes_at: one.ends_at }] : []
}

/** The next day, today included, on which somebody is met there; where that has passed, the day that was told. */
export function nextDay(one: Outing, today: string): string {
  return one.hours?.find((span) => span.on >= today)?.on ?? one.held_on
}
