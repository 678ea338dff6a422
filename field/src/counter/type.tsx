/** A code typed by hand, where the camera or the print fails. */
import { useState } from 'preact/hooks'
import { to } from '../app/context'
import { Back } from '../app/parts'
import { LENGTH, typed, typedSigns } from './code'
import { useModel } from './context'
import { t } from './texts'

export function Type() {
  const model = useModel()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const count = typedSigns(text)
  async function check(event: Event): Promise<void> {
    event.preventDefault()
    if (busy || count === 0) return
    setBusy(true)
    await model.present(typed(text)).finally(() => setBusy(false))
    location.hash = to('check')
  }
  return (
    <form onSubmit={check}>
      <Back href={to()} />
      <h1>{t('c_type_title')}</h1>
      <label for="typed">{t('c_type_label')}</label>
      <p class="hint" id="typed-hint">
        {t('c_type_hint')}
      </p>
      <textarea
        id="typed"
        class="typed"
        rows={6}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby="typed-hint typed-count"
      />
      <p class="quiet" id="typed-count">
        {t('c_type_count', { n: count, all: LENGTH })}
      </p>
      <button type="submit" class="button button-wide" disabled={busy || count === 0}>
        {t(busy ? 'c_checking' : 'c_type_button')}
      </button>
    </form>
  )
}
