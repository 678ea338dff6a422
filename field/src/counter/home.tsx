/** The counter's home: scan, and what may be redeemed without a line, until when. */
import { useState } from 'preact/hooks'
import { to } from '../app/context'
import { Empty, Icon, Notice } from '../app/parts'
import { megabytes } from '../app/view'
import { day, moment } from '../texts'
import { useModel } from './context'
import { offlineOf, type Run } from './rules'
import { askCamera } from './scanning'
import { type Key, t } from './texts'

/** The button that a customer waits behind: camera, look, result. */
export function ScanButton({ label }: { label: Key }) {
  const model = useModel()
  const [busy, setBusy] = useState(false)
  async function scan(): Promise<void> {
    const text = await askCamera(t('c_scan_title'))
    if (text === null) return
    setBusy(true)
    await model.present(text).finally(() => setBusy(false))
    location.hash = to('check')
  }
  return (
    <button type="button" class="button button-wide button-scan" disabled={busy} onClick={scan}>
      <Icon name="qr-code" />
      {t(busy ? 'c_checking' : label)}
    </button>
  )
}

const STATES: { [state in Run['state']]: Key } = {
  open: 'c_run_open',
  suspended: 'c_run_suspended',
  closed: 'c_run_closed',
}

export const titleOf = (run: Run, language: string) => (language === 'en' && run.title.en) || run.title.vi

function RunCard({ run }: { run: Run }) {
  const { book, settings, today } = useModel()
  const { count, untilMs } = offlineOf(run.id, book)
  const isOpen = run.state === 'open'
  return (
    <li class="card">
      <h3 class="card-title">{titleOf(run, settings.language)}</h3>
      <p class="quiet">{t('c_run_days', { from: day(run.starts_on), to: day(run.ends_on) })}</p>
      {isOpen && run.starts_on > today ? (
        <span class="tag">
          <Icon name="clock" />
          {t('c_not_begun')}
        </span>
      ) : isOpen ? (
        <p class={count ? 'run-offline' : 'run-offline run-none'}>
          <Icon name={count ? 'ticket-percent' : 'wifi-off'} />
          <span>{count ? t('c_run_offline', { n: count, time: moment(untilMs, book.nowMs) }) : t('c_run_none')}</span>
        </p>
      ) : (
        <span class="tag tag-bad">
          <Icon name="circle-slash" />
          {t(STATES[run.state])}
        </span>
      )}
    </li>
  )
}

/** What stops the counter, or soon will: before all else. */
function Warnings() {
  const model = useModel()
  const { book, isLow, freeBytes } = model
  return (
    <>
      {book.account?.isWithdrawn && (
        <Notice tone="error" icon="triangle-alert" title={t('c_withdrawn_title')}>
          <p>{t('c_withdrawn_text')}</p>
        </Notice>
      )}
      {book.resting && (
        <Notice tone="warning" icon="clock" title={t('c_resting_title')}>
          <p>{t('c_resting_text')}</p>
          <button type="button" class="button" onClick={() => model.resume()}>
            {t('c_resume')}
          </button>
        </Notice>
      )}
      {isLow && (
        <Notice tone="error" icon="triangle-alert" title={t('c_space_title')}>
          <p>{t('c_space_text', { free: megabytes(freeBytes ?? 0) })}</p>
        </Notice>
      )}
    </>
  )
}

export function Home() {
  const { book, today, isKept, unsent } = useModel()
  const { account, redemptions } = book
  const runs = book.runs.filter((one) => one.ends_on >= today) // those that ended are told a while longer
  const taken = redemptions.filter((one) => one.day === today && !one.reversal).length
  return (
    <>
      <h1>{t('c_home_title')}</h1>
      <p class="lead">
        {t('c_counter_of', { name: account?.counter.name ?? '', enterprise: account?.enterprise ?? '' })}
        <br />
        <strong>{t('c_today_count', { n: taken })}</strong>
      </p>
      <Warnings />
      {runs.length === 0 ? (
        <Empty title={t('c_no_runs')} text={t('c_no_runs_text')} />
      ) : (
        <section>
          <h2>{t('c_runs')}</h2>
          <ul class="cards">
            {runs.map((run) => (
              <RunCard key={run.id} run={run} />
            ))}
          </ul>
        </section>
      )}
      {isKept === false && unsent > 0 && (
        <Notice tone="warning" icon="triangle-alert" title={t('c_risk_title', { n: unsent })}>
          <p>{t('c_risk_text')}</p>
        </Notice>
      )}
      <div class="till-foot">
        <ScanButton label="c_scan" />
        <a class="button-plain" href={to('type')}>
          <Icon name="pencil" />
          {t('c_type')}
        </a>
      </div>
    </>
  )
}
