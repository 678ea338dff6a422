/** What was redeemed today, how each stands with the server, and taking one back; what was refused. */
import { useEffect, useState } from 'preact/hooks'
import { Empty, Icon, Notice } from '../app/parts'
import { localDay } from '../outbox/clock'
import { moment } from '../texts'
import { useModel } from './context'
import { titleOf } from './home'
import { type Failure, isReversible, type Redemption } from './rules'
import { type Key, t } from './texts'

type State = 'waiting' | 'counted' | 'refused' | 'reversed' | 'reversing'

const SIGNS: { [state in State]: { icon: string; tone: string } } = {
  waiting: { icon: 'arrow-up', tone: 'waiting' },
  counted: { icon: 'circle-check', tone: 'good' },
  refused: { icon: 'triangle-alert', tone: 'bad' },
  reversed: { icon: 'circle-slash', tone: 'quiet' },
  reversing: { icon: 'circle-slash', tone: 'waiting' },
}

const REASONS: Key[] = ['c_reverse_changed', 'c_reverse_wrong', 'c_reverse_other']

function stateOf(row: Redemption, isReversalKnown: boolean): State {
  if (row.outcome?.outcome === 'refused') return 'refused'
  if (row.reversal) return isReversalKnown ? 'reversed' : 'reversing'
  return row.outcome ? 'counted' : 'waiting'
}

function Reverse({ id }: { id: string }) {
  const model = useModel()
  const [fault, setFault] = useState<Key | null>(null)
  async function reverse(reason: string): Promise<void> {
    setFault(
      await model.reverse(id, reason).then(
        (done) => (done ? null : 'c_reverse_no'),
        () => 'c_reverse_failed',
      ),
    )
  }
  return (
    <details class="undo">
      <summary>{t('c_reverse')}</summary>
      <p class="hint">{t('c_reverse_ask')}</p>
      {fault && <Notice tone="error" icon="triangle-alert" title={t(fault)} />}
      {REASONS.map((reason) => (
        <button key={reason} type="button" class="undo-reason" onClick={() => reverse(t(reason))}>
          {t(reason)}
        </button>
      ))}
    </details>
  )
}

function Row({ row }: { row: Redemption }) {
  const { book, settings } = useModel()
  const run = book.runs.find((one) => one.id === row.run)
  const state = stateOf(row, Boolean(book.reversals.find((one) => one.id === row.reversal)?.outcome))
  return (
    <li class="done">
      <div class="done-head">
        <span class="done-when">{moment(row.atMs, book.nowMs)}</span>
        <strong>{t('c_serial', { n: row.serial })}</strong>
        <span class={`tag tag-${SIGNS[state].tone}`}>
          <Icon name={SIGNS[state].icon} />
          {t(`c_state_${state}`)}
        </span>
      </div>
      <p class="quiet">
        {run && titleOf(run, settings.language)}
        {row.amount !== null && ` · ${row.amount.toLocaleString('vi-VN')} ₫`}
      </p>
      {state === 'refused' && <p class="why">{row.outcome?.message}</p>}
      {row.tried?.map((one) => (
        <p key={one.counter + one.atMs} class="also">
          <Icon name="info" />
          {t('c_also', { counter: one.counter, time: moment(one.atMs, book.nowMs) })}
        </p>
      ))}
      {isReversible(row, book.nowMs) && <Reverse id={row.id} />}
    </li>
  )
}

function Refusals({ failures }: { failures: Failure[] }) {
  const { book } = useModel()
  if (failures.length === 0) return null
  return (
    <details class="fold">
      <summary>{t('c_refusals', { n: failures.length })}</summary>
      <ul class="list">
        {failures.map((one) => (
          <li key={one.id}>
            {moment(Date.parse(one.told), book.nowMs)}:{' '}
            {t(one.reason === 'card_limit' ? 'c_card_limit_reason' : `c_${one.reason}`)}
          </li>
        ))}
      </ul>
    </details>
  )
}

export function Today() {
  const model = useModel()
  const { book, today } = model
  const newest = [...book.redemptions].reverse()
  const rows = newest.filter((one) => one.day === today)
  const before = newest.filter(
    (one) => one.day !== today && (!one.outcome || one.outcome.outcome === 'refused' || one.tried),
  )
  useEffect(() => void model.see(), [model])
  return (
    <>
      <h1>{t('c_today_title')}</h1>
      {rows.length === 0 ? (
        <Empty title={t('c_today_none')} text={t('c_today_none_text')} />
      ) : (
        <>
          <p class="quiet">{t('c_shown', { n: rows.length })}</p>
          <ul class="rows">
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        </>
      )}
      {before.length > 0 && (
        <section class="before">
          <h2>{t('c_before_title')}</h2>
          <ul class="rows">
            {before.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        </section>
      )}
      <Refusals failures={book.failures.filter((one) => localDay(Date.parse(one.told)) === today).reverse()} />
    </>
  )
}
