/** This phone: is it ready to leave the signal, who records on it, how it is read. */
import { useState } from 'preact/hooks'
import { tellReady } from '../server'
import { t } from '../texts/behind'
import { to, useModel } from './context'
import { APP, type Model } from './model'
import { Icon } from './parts'
import { People } from './people'
import { megabytes, View } from './view'

interface Check {
  grade: 'ok' | 'warning' | 'not_ok'
  text: string
  /** Too little room is left: a copy is offered. */
  isLow?: boolean
}

const LOW_BYTES = 50 * 1024 * 1024
const CLOCK_MINUTES = 10

async function examine(model: Model): Promise<Check[]> {
  await model.courier.go()
  await model.refresh(false)
  const { day, anchor, release, account } = model
  const kept = await release.kept()
  const persisted = (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.()) || false
  const estimate = await navigator.storage?.estimate?.()
  const free = (estimate?.quota ?? 0) - (estimate?.usage ?? 0)
  const outings = day?.outings ?? []
  let told = false
  if (day?.form && kept?.complete && account && !model.locked) {
    const said = {
      ...{ app: APP, form_version: day.form.version, outings: outings.filter((o) => o.mine).map((o) => o.code) },
      ...{ guides: day.guides.length, stored_bytes: estimate?.usage ?? 0, persisted, unsent: model.counts.unsent },
    }
    // Without a line the leader learns of it at the next check.
    told = await tellReady(said, await model.outbox.vault.serverKey(account)).then(
      () => true,
      () => false,
    )
  }
  const checks: Check[] = [
    { grade: kept?.complete ? 'ok' : 'not_ok', text: t('ready_app') },
    { grade: day?.form ? 'ok' : 'not_ok', text: t('ready_day', { n: outings.length }) },
    { grade: day?.guides.length ? 'ok' : 'warning', text: t('ready_guides', { n: day?.guides.length ?? 0 }) },
    persisted ? { grade: 'ok', text: t('ready_persist') } : { grade: 'warning', text: t('ready_persist_no') },
    free > LOW_BYTES
      ? { grade: 'ok', text: t('ready_space', { free: megabytes(free) }) }
      : { grade: 'warning', text: t('ready_space_no', { free: megabytes(Math.max(free, 0)) }), isLow: true },
    clockCheck(anchor),
  ]
  return told ? [...checks, { grade: 'ok', text: t('ready_told') }] : checks
}

function clockCheck(anchor: Model['anchor']): Check {
  if (!anchor) return { grade: 'warning', text: t('ready_clock_none') }
  const minutes = Math.round(Math.abs(anchor.wallMs - Date.parse(anchor.server)) / 60_000)
  if (minutes <= CLOCK_MINUTES) return { grade: 'ok', text: t('ready_clock') }
  const days = Math.round(minutes / (24 * 60))
  const gap = days > 1 ? t('days', { n: days }) : t('minutes', { n: minutes })
  return { grade: 'warning', text: t('ready_clock_no', { gap }) }
}

function Ready() {
  const model = useModel()
  const [checks, setChecks] = useState<Check[] | null>(null)
  const [busy, setBusy] = useState(false)
  const isReady = checks?.every((check) => check.grade !== 'not_ok')
  async function check(): Promise<void> {
    setBusy(true)
    setChecks(await examine(model).finally(() => setBusy(false)))
  }
  return (
    <section>
      <h2>{t('ready_title')}</h2>
      <div role="status">
        {checks && (
          <div class={`verdict verdict-${isReady ? 'good' : 'bad'}`}>
            <Icon name={isReady ? 'circle-check' : 'triangle-alert'} />
            <div>
              <p class="verdict-title">{t(isReady ? 'ready_yes' : 'ready_no')}</p>
              <p>{t(isReady ? 'ready_yes_text' : 'ready_no_text')}</p>
            </div>
          </div>
        )}
      </div>
      <ul class="checks">
        {checks?.map(({ grade, text, isLow }) => (
          <li key={text} class={`check check-${grade}`}>
            <Icon name={grade === 'ok' ? 'circle-check' : grade === 'warning' ? 'info' : 'triangle-alert'} />
            <span>
              <span class="check-grade">{t(grade)}</span> {text}
              {isLow && (
                <a class="button-plain" href={to('relay')}>
                  {t('relay_save')}
                </a>
              )}
            </span>
          </li>
        ))}
      </ul>
      <button type="button" class="button button-wide" disabled={busy} onClick={check}>
        {t(busy ? 'ready_checking' : 'ready_check')}
      </button>
    </section>
  )
}

function Look() {
  const model = useModel()
  return (
    <section>
      <h2>{t('view_title')}</h2>
      <View
        {...model.settings}
        onChange={(change) => model.change(change)}
        sizeLabel={t('view_size')}
        contrastLabel={t('view_contrast')}
      />
    </section>
  )
}

/** The way out when there is no line, or soon no room. */
function ByFile() {
  return (
    <section>
      <h2>{t('relay_title')}</h2>
      <p>{t('relay_lead')}</p>
      <a class="button button-wide" href={to('relay')}>
        <Icon name="download" />
        {t('relay_open')}
      </a>
    </section>
  )
}

export default function Phone() {
  return (
    <>
      <h1>{t('phone_title')}</h1>
      <Ready />
      <ByFile />
      <People />
      <Look />
      <p class="quiet">{t('about_version', { version: APP })}</p>
    </>
  )
}
