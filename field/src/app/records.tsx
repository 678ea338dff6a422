/** My records, each with where it stands; nothing is hidden, and what was returned says why. */
import { useState } from 'preact/hooks'
import type { Draft, Row } from '../outbox/rules'
import { isPending } from '../outbox/rules'
import { moment } from '../texts'
import { type Key, t } from '../texts/behind'
import { rungsOf, serviceOf } from './assist'
import { to, toForm, useModel, usePath } from './context'
import { Back, Empty, explained, Icon, Notice, StateTag, shownOf } from './parts'
import { PhotosOf } from './photos'
import { putRight } from './record'

const PAGE = 40

const FILTERS: { name: string; text: Key; holds: (row: Row) => boolean }[] = [
  { name: 'all', text: 'records_all', holds: () => true },
  { name: 'unsent', text: 'records_unsent', holds: isPending },
  { name: 'returned', text: 'records_returned', holds: (row) => row.state === 'returned' && !row.remadeAs },
  { name: 'received', text: 'records_received', holds: (row) => row.state === 'received' },
]

export default function Screens() {
  const [page, rest] = usePath()
  return page === 'one' && rest ? <One id={rest} /> : <Records filter={rest} />
}

function Records({ filter = 'all' }: { filter?: string | undefined }) {
  const { records, drafts } = useModel()
  const [shown, setShown] = useState(PAGE)
  const chosen = FILTERS.find((one) => one.name === filter) ?? FILTERS[0]
  const rows = records.filter((row) => chosen?.holds(row))
  const open = chosen?.name === 'all' ? drafts.filter((draft) => draft.answers.service) : []
  return (
    <>
      <h1>{t('records_title')}</h1>
      <nav class="chips" aria-label={t('records_filter')}>
        {FILTERS.map(({ name, text, holds }) => (
          <a key={name} href={to('records', name)} aria-current={name === chosen?.name ? 'true' : undefined}>
            {t(text)} <span class="count">{records.filter(holds).length}</span>
          </a>
        ))}
      </nav>
      {rows.length + open.length === 0 && <Empty title={t('records_none')} text={t('records_none_text')} />}
      <ul class="rows">
        {open.map((draft) => (
          <DraftLine key={draft.id} draft={draft} />
        ))}
        {rows.slice(0, shown).map((row) => (
          <Line key={row.id} row={row} />
        ))}
      </ul>
      {rows.length > shown && (
        <button type="button" class="button-plain" onClick={() => setShown(shown + 4 * PAGE)}>
          {t('records_more', { n: rows.length - shown })}
        </button>
      )}
    </>
  )
}

function useNames({ service, group, result }: { service?: string; group?: string; result?: string }) {
  const { day } = useModel()
  const rung = day ? rungsOf(day, group).find((one) => one.code === result)?.name : undefined
  return { service: (day && serviceOf(day, service)?.name) ?? service ?? '', result: rung ?? result ?? '' }
}

function DraftLine({ draft }: { draft: Draft }) {
  const names = useNames(draft.answers)
  return (
    <li>
      <a class="row-link" href={to('record', draft.place)}>
        <span>
          <strong>{names.service}</strong>
          <span class="quiet">{draft.answers.outing}</span>
          <StateTag state="draft" />
        </span>
        <Icon name="chevron-right" />
      </a>
    </li>
  )
}

function Line({ row }: { row: Row }) {
  const names = useNames(row.answers)
  const title = row.form?.title ?? names.service
  const photos = useModel().photosOf(row.id)
  const back = photos.some((photo) => photo.state === 'returned')
  return (
    <li>
      <a class="row-link" href={to('one', row.id)}>
        <span>
          <strong>{title}</strong>
          <span class="quiet">{[names.result, moment(Date.parse(row.clock.wall))].filter(Boolean).join(' · ')}</span>
          <StateTag state={shownOf(row)} />
          {row.state === 'returned' && !row.remadeAs && <span class="why">{row.reason?.message}</span>}
          {photos.length > 0 && (
            <span class={back ? 'why' : 'quiet'}>{t(back ? 'photos_back' : 'photos_count', { n: photos.length })}</span>
          )}
        </span>
        <Icon name="chevron-right" />
      </a>
    </li>
  )
}

function One({ id }: { id: string }) {
  const model = useModel()
  const { day, records } = model
  const row = records.find((one) => one.id === id)
  const names = useNames(row?.answers ?? {})
  if (!row) return <Empty title={t('not_found')} text="" />
  const outing = day?.outings.find((one) => one.code === row.answers.outing)
  const state = shownOf(row)
  const named = (list: { code: string; name: string }[] | undefined, code: string | null) =>
    list?.find((one) => one.code === code)?.name ?? code
  const trouble = row.trouble && (row.trouble.message || t('receipt_unverified'))
  const facts: [string, string | null | undefined][] = [
    [t('record_form'), row.form?.title],
    [t('q_service'), names.service],
    [t('q_result'), names.result],
    [t('q_bottleneck'), named(day?.bottlenecks, row.answers.bottleneck)],
    [t('record_how'), named(day?.how, row.answers.how)],
    [t('q_language'), named(day?.languages, row.answers.language)],
    [t('record_outing'), [outing?.site, row.answers.outing].filter(Boolean).join(' · ')],
    [t('record_when'), moment(Date.parse(row.clock.wall))],
    [t('record_trouble'), trouble],
    [t('record_received_at'), row.receivedAt && moment(Date.parse(row.receivedAt))],
    [t('record_receipt'), row.receipt && t('record_receipt_ok')],
    [t('record_corrects'), row.replaces?.replace('uuid:', '')],
    [t('record_id'), row.id.replace('uuid:', '')],
  ]
  return (
    <>
      <Back href={to('records')} />
      <h1>{t('record_title', { n: row.seq })}</h1>
      <p class="state-line">
        <StateTag state={state} /> {explained(state)}
      </p>
      {state === 'returned' && (
        <Notice tone="error" icon="triangle-alert" title={t('record_reason')}>
          <p>{row.reason?.message || row.reason?.code}</p>
        </Notice>
      )}
      <dl class="facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {!row.remadeAs && <PhotosOf record={row.id} />}
      <Actions row={row} />
    </>
  )
}

function Actions({ row }: { row: Row }) {
  const model = useModel()
  if (row.remadeAs) return null
  const isReturned = row.state === 'returned'
  async function fix(): Promise<void> {
    if (row.form) return location.assign(toForm(row.form.id, `fix:${row.id}`))
    await putRight(model, row)
    location.hash = to('record', `fix:${row.id}`)
  }
  async function again(): Promise<void> {
    await model.outbox.sendAgain(row)
    await model.refresh()
    void model.courier.go()
  }
  return (
    <p class="actions">
      <button type="button" class={isReturned ? 'button button-wide' : 'button-plain'} onClick={fix}>
        {t(isReturned ? 'record_remake' : 'record_fix')}
      </button>
      {isReturned && (
        <button type="button" class="button-plain" onClick={again}>
          {t('record_again')}
        </button>
      )}
      <a class="button-plain" href={row.form ? toForm(row.form.id) : to('record', row.answers.outing)}>
        {t('record_next')}
      </a>
    </p>
  )
}
