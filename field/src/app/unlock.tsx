/** What stands in place of a person's screens while the code is asked for. */
import { useState } from 'preact/hooks'
import { t } from '../texts/behind'
import { CodeField, isWhole } from './code_field'
import { to, useModel } from './context'
import { Icon, Notice } from './parts'
import { Others } from './people'

/** Ask the current person's code: for the records that it locks, or to lock what no code locks yet. */
export default function Unlock() {
  const model = useModel()
  const { account, counts } = model
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  if (!account) return null
  const locks = !account.lock

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (busy) return
    if (!isWhole(code)) return setFault(t('sign_in_short'))
    setBusy(true)
    setFault('')
    const failure = await model
      .takeCode(code)
      .catch(() => ({ message: t('broken_title') }))
      .finally(() => setBusy(false))
    if (failure) setFault(failure === 'offline' ? t('sign_in_offline') : failure.message)
    else if (locks) location.hash = to()
  }

  return (
    <form class="sign-in" onSubmit={submit} noValidate>
      <p class="who-name">
        <Icon name="lock" />
        {account.person.name}
      </p>
      <h1>{t(locks ? 'protect_title' : 'unlock_title')}</h1>
      <p class="lead">
        {locks ? t('protect_lead') : t(counts.unsent ? 'unlock_lead' : 'unlock_lead_none', { n: counts.unsent })}
      </p>
      {fault && (
        <Notice tone="error" icon="triangle-alert" title={fault}>
          <p>{t('unlock_keeps')}</p>
        </Notice>
      )}
      <CodeField code={code} onCode={setCode} />
      <button type="submit" class="button button-wide" disabled={busy}>
        {t(busy ? 'sign_in_busy' : locks ? 'protect_button' : 'unlock_button')}
      </button>
      {!locks && <Others />}
    </form>
  )
}
