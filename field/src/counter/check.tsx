/** What became of a code: valid and to be taken, taken, or refused with the reason and what helps. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { markOf, scanned } from '../app/card_code'
import { to } from '../app/context'
import { Icon, Notice } from '../app/parts'
import { day, moment } from '../texts'
import { useModel } from './context'
import { ScanButton, titleOf } from './home'
import type { Granted, Reason, Refusal } from './rules'
import { askCamera } from './scanning'
import { type Key, t } from './texts'
import type { Book, Extras } from './till'

/** Refusals after which the customer's voucher is as good as before. */
const PASSING: ReadonlySet<Reason> = new Set(['no_lease', 'lease_expired', 'suspended', 'not_begun', 'counter_limit'])

interface VerdictProps {
  tone: 'good' | 'bad' | 'wait'
  icon: string
  title: string
  children: preact.ComponentChildren
}

/** The panel that is read from an arm's length: a color, a sign, and words that say it all without them. */
function Panel({ tone, icon, title, children }: VerdictProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [title])
  return (
    <div class={`panel panel-${tone}`} role="status">
      <Icon name={icon} />
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  )
}

const TITLES: { [reason in Reason]: Key } = {
  unreadable: 'c_unreadable',
  altered: 'c_altered',
  other_run: 'c_other_run',
  expired: 'c_expired',
  used: 'c_used',
  not_begun: 'c_not_begun',
  no_lease: 'c_no_lease',
  lease_expired: 'c_lease_expired',
  suspended: 'c_suspended',
  card_limit: 'c_card_limit_reason',
  counter_limit: 'c_counter_limit',
}

/** Say why, in plain words, with the date or number that it hangs on. */
function explained({ reason, run, before }: Refusal, endsOn: string, book: Book): string {
  if (reason === 'used' && before) return t('c_used_here', { time: moment(before.atMs, book.nowMs) })
  if (reason === 'expired') {
    return t('c_expired_text', { date: day(run && run.ends_on < endsOn ? run.ends_on : endsOn) })
  }
  if (reason === 'not_begun') return t('c_not_begun_text', { date: day(run?.starts_on ?? '') })
  if (reason === 'other_run') return t('c_other_run_text', { enterprise: book.account?.enterprise ?? '' })
  if (reason === 'card_limit') return t('c_card_limit_text', { n: run?.per_card ?? 0 })
  if (reason === 'counter_limit') return t('c_counter_limit_text', { n: run?.per_counter_day ?? 0 })
  if (reason === 'no_lease' || reason === 'lease_expired') return t('c_lease_text')
  return t(`c_${reason}_text`)
}

function Refused({ refusal, endsOn }: { refusal: Refusal; endsOn: string }) {
  const { book } = useModel()
  const { reason, run } = refusal
  const isPassing = PASSING.has(reason)
  const title = reason === 'suspended' && run?.state === 'closed' ? 'c_closed' : TITLES[reason]
  return (
    <>
      <Panel
        tone={isPassing ? 'wait' : 'bad'}
        icon={isPassing ? 'clock' : 'circle-slash'}
        title={t(isPassing ? 'c_wait' : 'c_no')}
      >
        <p class="panel-why">{t(title)}</p>
        <p>{explained(refusal, endsOn, book)}</p>
      </Panel>
      <div class="till-foot">
        <ScanButton label="c_other" />
        <a class="button-plain" href={reason === 'unreadable' ? to('type') : to()}>
          <Icon name={reason === 'unreadable' ? 'pencil' : 'chevron-left'} />
          {t(reason === 'unreadable' ? 'c_type' : 'back')}
        </a>
      </div>
    </>
  )
}

interface MoreProps {
  extras: Extras
  onChange: (extras: Extras) => void
  perCard: number | null
}

/** What may be told beside: a companion card, the amount of the bill. */
function More({ extras, onChange, perCard }: MoreProps) {
  const [strange, setStrange] = useState(false)
  async function look(): Promise<void> {
    const text = await askCamera(t('c_card'))
    if (text === null) return
    const code = scanned(text)
    setStrange(!code)
    if (code) onChange({ ...extras, card: await markOf(code) })
  }
  return (
    <details class="fold" open={perCard !== null}>
      <summary>{t('c_more')}</summary>
      {perCard !== null && <p class="hint">{t('c_card_limit', { n: perCard })}</p>}
      {strange && <Notice tone="warning" icon="triangle-alert" title={t('c_card_not')} />}
      {extras.card ? (
        <p class="card-taken">
          <Icon name="circle-check" />
          <strong>{t('c_card_taken')}</strong>
          <button type="button" class="button-plain" onClick={() => onChange({ ...extras, card: null })}>
            {t('c_card_drop')}
          </button>
        </p>
      ) : (
        <button type="button" class="button-plain" onClick={look}>
          <Icon name="qr-code" />
          {t('c_card')}
        </button>
      )}
      <label for="amount">{t('c_amount')}</label>
      <div class="amount">
        <input
          id="amount"
          inputMode="numeric"
          autocomplete="off"
          maxLength={13}
          value={extras.amount === null ? '' : extras.amount.toLocaleString('vi-VN')}
          onInput={(event) => onChange({ ...extras, amount: amountIn(event.currentTarget.value) })}
        />
        <span>{t('c_amount_unit')}</span>
      </div>
    </details>
  )
}

function amountIn(text: string): number | null {
  const digits = text.replace(/\D/g, '').slice(0, 10)
  return digits ? Number(digits) : null
}

function Good({ granted, serial }: { granted: Granted; serial: number }) {
  const model = useModel()
  const [extras, setExtras] = useState<Extras>({ card: null, amount: null })
  const [busy, setBusy] = useState(false)
  const { run } = granted
  const fault = model.shown?.fault
  async function take(): Promise<void> {
    if (busy) return
    setBusy(true)
    await model.take(extras).finally(() => setBusy(false))
  }
  return (
    <>
      {fault ? (
        <Panel tone="bad" icon="triangle-alert" title={t('c_not_taken')}>
          <p class="panel-why">{t('c_serial', { n: serial })}</p>
          <p>{t(fault === 'full' ? 'c_full' : 'c_failed')}</p>
        </Panel>
      ) : (
        <Panel tone="good" icon="circle-check" title={t('c_good')}>
          <p class="panel-serial">{t('c_serial', { n: serial })}</p>
          <p>
            {t('c_give')}: <strong>{titleOf(run, model.settings.language)}</strong>
          </p>
          {run.offer && run.offer !== run.title.vi && <p>{run.offer}</p>}
        </Panel>
      )}
      <More extras={extras} onChange={setExtras} perCard={run.per_card} />
      <div class="till-foot">
        <button type="button" class="button button-wide button-scan" disabled={busy} onClick={take}>
          {t(busy ? 'c_taking' : 'c_take')}
        </button>
        <a class="button-plain" href={to()} onClick={() => model.forget()}>
          <Icon name="chevron-left" />
          {t('c_decline')}
        </a>
      </div>
    </>
  )
}

export function Check() {
  const { shown, book } = useModel()
  useEffect(() => {
    if (!shown) location.replace(to()) // the page died with the code in hand: it is shown again
  }, [shown])
  if (!shown) return null
  const { code, verdict, made } = shown
  if (made) {
    return (
      <>
        <Panel tone="good" icon="circle-check" title={t('c_taken')}>
          <p class="panel-serial">{t('c_serial', { n: made.serial })}</p>
          <p>{t('c_taken_text', { time: moment(made.atMs, book.nowMs) })}</p>
        </Panel>
        <div class="till-foot">
          <ScanButton label="c_next" />
          <a class="button-plain" href={to('today')}>
            <Icon name="file-text" />
            {t('c_nav_today')}
          </a>
        </div>
      </>
    )
  }
  if ('reason' in verdict) return <Refused refusal={verdict} endsOn={code?.endsOn ?? ''} />
  return <Good key={shown.id} granted={verdict} serial={code?.serial ?? 0} />
}
