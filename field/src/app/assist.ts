/** The questions of an assist as rules: which are asked, which answers fit together, what the next person begins with. */
import { localDay } from '../outbox/clock'
import type { Draft, Row } from '../outbox/rules'
import type { Answers } from '../outbox/xml'
import type { Day, Outing, Rung, Service } from '../server'

export interface Meeting {
  service: string
  result: string
  atMs: number
}

/** The lowest rung: helped, and not yet able to. Only there is it asked what hinders. */
const STUCK = 'helped'

export const serviceOf = (day: Day, code: string | undefined): Service | undefined =>
  day.services.find((service) => service.code === code)

export const rungsOf = (day: Day, group: string | undefined): Rung[] =>
  day.groups.find((one) => one.code === group)?.rungs ?? []

export function isStuck(day: Day, answers: Partial<Answers>): boolean {
  const [lowest] = rungsOf(day, answers.group)
  return lowest !== undefined && answers.result === lowest.code && lowest.stage === STUCK
}

/** Take an answer in; answers that no longer fit it go. */
export function answered(day: Day, answers: Partial<Answers>, change: Partial<Answers>): Partial<Answers> {
  const next = { ...answers, ...change }
  const group = serviceOf(day, next.service)?.group
  if (group) next.group = group
  if (!rungsOf(day, next.group).some((rung) => rung.code === next.result)) delete next.result
  if (!isStuck(day, next)) next.bottleneck = null
  return next
}

/** What the next person begins with: the last values that this outing and this day still know. */
export function begun(day: Day, outing: Outing, last: Partial<Answers>): Partial<Answers> {
  const language = day.languages.some((one) => one.code === last.language) ? last.language : day.languages[0]?.code
  const answers: Partial<Answers> = { outing: outing.code, bottleneck: null, ...(language ? { language } : {}) }
  const [only] = outing.services.length === 1 ? outing.services : []
  const service = last.service && serviceOf(day, last.service) ? last.service : only
  if (!service) return answers
  const { result, bottleneck } = service === last.service ? last : {}
  const kept = { service, ...(result ? { result } : {}), ...(bottleneck ? { bottleneck } : {}) }
  return answered(day, answers, kept)
}

/** Give the whole record, or nothing while an answer is missing. */
export function whole(day: Day, answers: Partial<Answers>): Answers | null {
  const { outing, service, group, result, how, language } = answers
  const bottleneck = answers.bottleneck ?? null
  if (!outing || !service || !group || !result || !how || !language) return null
  if (isStuck(day, answers) && !bottleneck) return null
  const card = answers.card ? { card: answers.card } : {}
  return { outing, service, group, result, how, bottleneck, language, ...card }
}

/** The rung above the one that was reached; nothing at the top, or where the ladder does not have it. */
export function nextRung(day: Day, service: string, result: string): Rung | undefined {
  const rungs = rungsOf(day, serviceOf(day, service)?.group)
  const place = rungs.findIndex((one) => one.code === result)
  return place < 0 ? undefined : rungs[place + 1]
}

/** What a card was shown for on this phone on a day, the first time first; what was put right counts as it is now. */
export function metOn(records: readonly Row[], mark: string, day: string): Meeting[] {
  const corrected = new Set(records.map((row) => row.replaces))
  return records
    .filter((row) => row.answers.card === mark && !corrected.has(row.id) && !row.remadeAs)
    .map(({ answers: { service, result }, clock }) => ({ service, result, atMs: Date.parse(clock.wall) }))
    .filter(({ atMs }) => localDay(atMs) === day)
    .sort((a, b) => a.atMs - b.atMs)
}

export function newDraft(owner: string, place: string, started: string, answers: Partial<Answers>): Draft {
  return { owner, place, id: `uuid:${crypto.randomUUID()}`, started, answers, replaces: null, remakes: null }
}
