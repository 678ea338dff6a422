/** The home screen: my outings and help desks of today, each one tap from recording. */
import type { Outing } from '../server'
import { type Key, moment, t, day as written } from '../texts'
import { to, toForm, useModel } from './context'
import { Empty, Icon, Notice, StateTag } from './parts'
import { Who } from './people'
import { nextDay, sortShifts, spansOn } from './shifts'

const STATES: Record<string, Key> = {
  planned: 'state_planned',
  open: 'state_open',
  done: 'state_done',
  cancelled: 'state_cancelled',
}

function Card({ outing, today }: { outing: Outing; today: string }) {
  const { drafts } = useModel()
  const open = drafts.some((draft) => draft.place === outing.code)
  const label = outing.kind === 'desk' ? 'kind_desk' : STATES[outing.state]
  const spans = spansOn(outing, today).map((one) => `${clock(one.opens_at)}–${clock(one.closes_at)}`)
  return (
    <li class="card">
      <p class="card-when">
        <strong>{spans.join(', ')}</strong>
        {label && ` · ${t(label)}`}
      </p>
      <h2 class="card-title">{outing.site}</h2>
      <p class="card-where">{outing.place}</p>
      <a class="button button-wide" href={to('record', outing.code)}>
        <Icon name={open ? 'pencil' : 'plus'} />
        {t(open ? 'continue_draft' : 'record_assist')}
      </a>
    </li>
  )
}

/** The hour of 07:30, 07:30:00 or a whole moment. */
const clock = (text: string) => text.match(/(\d\d:\d\d)/)?.[1] ?? text

function Row({ outing, today }: { outing: Outing; today: string }) {
  return (
    <li>
      <a class="row-link" href={to('record', outing.code)}>
        <span>
          <strong>{outing.site}</strong>
          <span class="quiet">
            {[outing.kind === 'desk' && t('kind_desk'), written(nextDay(outing, today)), outing.place]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
        <Icon name="chevron-right" />
      </a>
    </li>
  )
}

export function Today() {
  const model = useModel()
  const { day } = model
  const today = model.today()
  if (!day) {
    return (
      <>
        <Who />
        <h1>{t('today_title')}</h1>
        <Empty title={t('today_no_day')} text={t('today_no_day_text')} />
        <Reload />
      </>
    )
  }
  const { today: mine, later, others } = sortShifts(day.outings, today)
  return (
    <>
      <Who />
      <Protect />
      <Risk />
      <p class="caption">{written(today)}</p>
      <h1>{t('today_title')}</h1>
      {mine.length === 0 && <Empty title={t('today_none')} text={t('today_none_text')} />}
      <ul class="cards">
        {mine.map((outing) => (
          <Card key={outing.code} outing={outing} today={today} />
        ))}
      </ul>
      <Fold title={t('today_other_days')} outings={later} today={today} open={mine.length === 0} />
      <Fold title={t('today_others')} outings={others} today={today} open={false} />
      <OtherForms />
      <Reload />
    </>
  )
}

/** Forms beside the assist's; each is fetched whole at its first use and then works without a line. */
function OtherForms() {
  const { day, formDrafts } = useModel()
  const forms = day?.forms ?? []
  if (forms.length === 0) return null
  return (
    <details class="fold">
      <summary>
        {t('forms_title')} ({forms.length})
      </summary>
      <p class="hint">{t('forms_hint')}</p>
      <ul class="rows">
        {forms.flatMap(({ id, title, media }) =>
          // A draft that came from another account of the same person has a place of its own.
          [id, ...formDrafts.filter((place) => place.startsWith(`${id} `))].map((place) => (
            <li key={place}>
              <a class="row-link" href={toForm(id, ...(place === id ? [] : [place]))}>
                <span>
                  <strong>{title}</strong>
                  {formDrafts.includes(place) && <StateTag state="draft" />}
                  {media && <span class="quiet">{t('forms_media')}</span>}
                </span>
                <Icon name="chevron-right" />
              </a>
            </li>
          )),
        )}
      </ul>
    </details>
  )
}

/** Asks for the code of an account of before there were locks: here nobody is waiting, and there is a line. */
function Protect() {
  const { account, online } = useModel()
  if (!account || account.lock || account.barred || !online) return null
  return (
    <Notice icon="lock" title={t('protect_title')}>
      <p>{t('protect_lead')}</p>
      <a class="button" href={to('protect')}>
        {t('protect_begin')}
      </a>
    </Notice>
  )
}

/** Says that what waits here may be cleared away by the browser, before the phone leaves the signal for days. */
function Risk() {
  const { isAtRisk, courier, counts } = useModel()
  if (!isAtRisk || courier.sending) return null
  return (
    <Notice tone="warning" icon="triangle-alert" title={t('risk_title', { n: counts.unsent })}>
      <p>{t('risk_text')}</p>
      <a class="button-plain" href={to('relay')}>
        {t('relay_save')}
      </a>
    </Notice>
  )
}

interface FoldProps {
  title: string
  outings: Outing[]
  today: string
  open: boolean
}

function Fold({ title, outings, today, open }: FoldProps) {
  if (outings.length === 0) return null
  return (
    <details class="fold" open={open}>
      <summary>
        {title} ({outings.length})
      </summary>
      <ul class="rows">
        {outings.map((outing) => (
          <Row key={outing.code} outing={outing} today={today} />
        ))}
      </ul>
    </details>
  )
}

function Reload() {
  const { courier, anchor } = useModel()
  return (
    <p class="reload">
      <button type="button" class="button-plain" disabled={courier.sending} onClick={() => courier.go()}>
        {t('today_reload')}
      </button>
      {anchor && <span class="quiet">{t('today_fresh', { time: moment(anchor.wallMs) })}</span>}
    </p>
  )
}
