/** The one field that a personal code is typed into, or read into from its QR. */
import { useEffect } from 'preact/hooks'
import { t } from '../texts'
import { Icon } from './parts'
import { codeIn } from './signing'

export const SIGNS = 10

/** Write a code as it is printed: ABCD-EFGH-JK. */
export function grouped(code: string): string {
  const plain = codeIn(code).slice(0, SIGNS)
  return [plain.slice(0, 4), plain.slice(4, 8), plain.slice(8)].filter(Boolean).join('-')
}

export const isWhole = (code: string) => codeIn(code).length >= SIGNS

/** The camera's part of the app, where it has one. */
const scanners = import.meta.glob<{ scan: () => Promise<string | null> }>('./scan.tsx')
const loadScanner = scanners['./scan.tsx']

interface CodeFieldProps {
  code: string
  onCode: (code: string) => void
  /** A code that came with the address, from a printed QR. */
  given?: string | undefined
}

export function CodeField({ code, onCode, given }: CodeFieldProps) {
  useEffect(() => {
    if (!given) return
    onCode(grouped(given))
    history.replaceState(null, '', location.hash.replace(/\/[^/]*$/, '')) // it is to stand in no address
  }, [given])

  async function scan(): Promise<void> {
    const found = loadScanner && (await (await loadScanner()).scan())
    if (found) onCode(grouped(found))
  }

  return (
    <>
      <label for="code">{t('sign_in_code')}</label>
      <p class="hint" id="code-hint">
        {t('sign_in_hint')}
      </p>
      <input
        id="code"
        class="code"
        value={code}
        onInput={(event) => onCode(grouped(event.currentTarget.value))}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby="code-hint"
      />
      {loadScanner && (
        <button type="button" class="button-plain" onClick={scan}>
          <Icon name="qr-code" />
          {t('code_scan')}
        </button>
      )}
    </>
  )
}
