/** The first screen: who are you, by a code from the team's leader. */
import { useState } from 'preact/hooks'
import { t } from '../texts'
import { CodeField, isWhole } from './code_field'
import { to, useModel } from './context'
import { Back, Notice } from './parts'

const isWebView = () => /Zalo|FBAN|FBAV/i.test(navigator.userAgent)

export function SignIn({ given }: { given?: string | undefined }) {
  const model = useModel()
  const [code, setCode] = useState('')
  const [label, setLabel] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState('')

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (busy) return
    if (!isWhole(code)) return setFault(t('sign_in_short'))
    setBusy(true)
    const failure = await model
      .signIn(code, label.trim())
      .catch(() => ({ message: t('broken_title') }))
      .finally(() => setBusy(false))
    if (failure) setFault(failure === 'offline' ? t('sign_in_offline') : failure.message)
    else location.hash = to()
  }

  return (
    <form class="sign-in" onSubmit={submit} noValidate>
      {model.account && <Back href={to('phone')} />}
      <h1>{t('sign_in_title')}</h1>
      <p class="lead">{t('sign_in_lead')}</p>
      {isWebView() && (
        <Notice tone="warning" icon="triangle-alert" title={t('webview_title')}>
          <p>{t('webview_text')}</p>
        </Notice>
      )}
      {fault && <Notice tone="error" icon="triangle-alert" title={fault} />}
      <CodeField code={code} onCode={setCode} given={given} />
      <label for="label">{t('sign_in_label')}</label>
      <p class="hint" id="label-hint">
        {t('sign_in_label_hint')}
      </p>
      <input
        id="label"
        value={label}
        maxLength={60}
        onInput={(event) => setLabel(event.currentTarget.value)}
        aria-describedby="label-hint"
      />
      <button type="submit" class="button button-wide" disabled={busy}>
        {busy ? t('sign_in_busy') : t('sign_in_button')}
      </button>
      <p class="promise">{t('sign_in_promise')}</p>
    </form>
  )
}
