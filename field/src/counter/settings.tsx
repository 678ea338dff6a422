/** This phone as a counter: is it ready for no signal, the rules in words, how it is read, resting and leaving. */
import { useEffect, useState } from 'preact/hooks'
import { to } from '../app/context'
import { Icon, Notice } from '../app/parts'
import { megabytes, View } from '../app/view'
import { useModel } from './context'
import { VERSION } from './model'
import { offlineOf } from './rules'
import { type Key, t } from './texts'

const RULES: Key[] = ['c_rule_1', 'c_rule_2', 'c_rule_3', 'c_rule_4']

function Check({ isGood, text }: { isGood: boolean; text: string }) {
  return (
    <li class={`check check-${isGood ? 'ok' : 'warning'}`}>
      <Icon name={isGood ? 'circle-check' : 'triangle-alert'} />
      <span>
        <span class="check-grade">{t(isGood ? 'c_ok' : 'c_warning')}</span> {text}
      </span>
    </li>
  )
}

function Ready() {
  const { book, release, isKept, isLow, freeBytes } = useModel()
  const [isWhole, setWhole] = useState<boolean | null>(null)
  useEffect(() => {
    void release.kept().then((kept) => setWhole(kept?.complete ?? false))
  }, [])
  const held = book.runs.reduce((sum, run) => sum + offlineOf(run.id, book).count, 0)
  return (
    <section>
      <h2>{t('c_ready')}</h2>
      <ul class="checks">
        {isWhole !== null && <Check isGood={isWhole} text={t(isWhole ? 'c_ready_app' : 'c_ready_app_no')} />}
        <Check isGood={held > 0} text={held ? t('c_ready_leases', { n: held }) : t('c_ready_leases_no')} />
        {isKept !== null && <Check isGood={isKept} text={t(isKept ? 'c_ready_kept' : 'c_ready_kept_no')} />}
        {freeBytes !== null && <Check isGood={!isLow} text={t('c_ready_space', { free: megabytes(freeBytes) })} />}
      </ul>
    </section>
  )
}

function Look() {
  const model = useModel()
  const { language } = model.settings
  return (
    <section>
      <h2>{t('c_view')}</h2>
      <fieldset class="sizes">
        <legend>{t('c_language')}</legend>
        {(['vi', 'en'] as const).map((one) => (
          <button
            key={one}
            type="button"
            lang={one}
            aria-pressed={one === language}
            onClick={() => model.change({ language: one })}
          >
            {one === 'vi' ? 'Tiếng Việt' : 'English'}
          </button>
        ))}
      </fieldset>
      <View
        {...model.settings}
        onChange={(change) => model.change(change)}
        sizeLabel={t('c_size')}
        contrastLabel={t('c_contrast')}
      />
    </section>
  )
}

function End() {
  const model = useModel()
  const { book, unsent, turns } = model
  const [isSure, setSure] = useState(false)
  const [fault, setFault] = useState('')
  async function leave(): Promise<void> {
    setFault('')
    if (unsent > 0) return setFault(t('c_leave_unsent', { n: unsent }))
    if (!isSure) return setSure(true)
    setSure(false)
    const hindered = await model.leave().catch(() => 'leases' as const)
    if (hindered === null) location.hash = to()
    else setFault(hindered === 'unsent' ? t('c_leave_unsent', { n: model.unsent }) : t('c_leave_leases'))
  }
  return (
    <section>
      <h2>{t('c_end')}</h2>
      {book.resting ? (
        <button type="button" class="button button-wide" disabled={turns.sending} onClick={() => model.resume()}>
          {t('c_resume')}
        </button>
      ) : (
        <>
          <p class="quiet">{t('c_rest_text')}</p>
          <button type="button" class="button button-wide" disabled={turns.sending} onClick={() => model.rest()}>
            {t('c_rest')}
          </button>
        </>
      )}
      <div role="alert">{fault && <Notice tone="error" icon="triangle-alert" title={fault} />}</div>
      <button type="button" class="button-plain leave" onClick={leave}>
        <Icon name="log-out" />
        {t(isSure ? 'c_leave_sure' : 'c_leave')}
      </button>
    </section>
  )
}

export function Settings() {
  const { book } = useModel()
  return (
    <>
      <h1>{t('c_settings_title')}</h1>
      <p class="lead">
        {t('c_counter_of', { name: book.account?.counter.name ?? '', enterprise: book.account?.enterprise ?? '' })}
      </p>
      <Ready />
      <section>
        <h2>{t('c_rules')}</h2>
        <ol class="list steps">
          {RULES.map((rule) => (
            <li key={rule}>{t(rule)}</li>
          ))}
        </ol>
      </section>
      <Look />
      <End />
      <p class="quiet">{t('c_version', { version: VERSION })}</p>
    </>
  )
}
