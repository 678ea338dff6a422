/** The first screen: a phone becomes a counter by a code of its enterprise. */
import { useEffect, useState } from 'preact/hooks'
import { to } from '../app/context'
import { Icon, Notice } from '../app/parts'
import { Refused } from '../line'
import { useModel } from './context'
import { askCamera } from './scanning'
import { t } from './texts'

const LETTERS = 8
const isWebView = () => /Zalo|FBAN|FBAV/i.test(navigator.userAgent)

/** Write a code as it is shown: ACDE-FHJK; out of the address that its QR code holds too. */
function grouped(text: string): string {
  const plain = (text.split('/').pop() ?? '').toUpperCase().replace(/[^A-Z]/g, '')
  return [plain.slice(0, 4), plain.slice(4, LETTERS)].filter(Boolean).join('-')
}

/** The fields of the form, and what hinders it. */
function useEnrolling(given: string | undefined) {
  const model = useModel()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  useEffect(() => {
    if (!given) return
    setCode(grouped(given))
    history.replaceState(null, '', to('enroll')) // it is to stand in no address
  }, [given])
  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (busy) return
    if (code.length <= LETTERS) return setFault(t('c_enroll_short'))
    if (!name.trim()) return setFault(t('c_enroll_unnamed'))
    setBusy(true)
    setFault(
      await model
        .enroll(code, name.trim())
        .then(
          () => '',
          (error: unknown) => whyNot(error),
        )
        .finally(() => setBusy(false)),
    )
  }
  return { code, setCode, name, setName, busy, fault, submit }
}

function whyNot(error: unknown): string {
  if (error instanceof Refused) return error.reason.message || t('c_enroll_offline')
  return t(error instanceof DOMException && error.name === 'QuotaExceededError' ? 'c_enroll_full' : 'c_enroll_offline')
}

export function Enroll({ given }: { given?: string | undefined }) {
  const { code, setCode, name, setName, busy, fault, submit } = useEnrolling(given)
  async function scan(): Promise<void> {
    const found = await askCamera(t('c_enroll_scan'))
    if (found) setCode(grouped(found))
  }
  return (
    <form class="sign-in" onSubmit={submit} noValidate>
      <h1>{t('c_enroll_title')}</h1>
      <p class="lead">{t('c_enroll_lead')}</p>
      {isWebView() && (
        <Notice tone="warning" icon="triangle-alert" title={t('c_webview_title')}>
          <p>{t('c_webview_text')}</p>
        </Notice>
      )}
      {fault && <Notice tone="error" icon="triangle-alert" title={fault} />}
      <label for="code">{t('c_enroll_code')}</label>
      <p class="hint" id="code-hint">
        {t('c_enroll_hint')}
      </p>
      <input
        id="code"
        class="code"
        value={code}
        onInput={(event) => setCode(grouped(event.currentTarget.value))}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby="code-hint"
      />
      <button type="button" class="button-plain" onClick={scan}>
        <Icon name="qr-code" />
        {t('c_enroll_scan')}
      </button>
      <label for="name">{t('c_enroll_name')}</label>
      <p class="hint" id="name-hint">
        {t('c_enroll_name_hint')}
      </p>
      <input
        id="name"
        value={name}
        maxLength={60}
        onInput={(event) => setName(event.currentTarget.value)}
        aria-describedby="name-hint"
      />
      <button type="submit" class="button button-wide" disabled={busy}>
        {t(busy ? 'c_enroll_busy' : 'c_enroll_button')}
      </button>
    </form>
  )
}
