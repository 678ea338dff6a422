/** What stands around every screen of the counter: what is not sent yet, what was not counted, the three pages. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { to } from '../app/context'
import { Frame } from '../app/frame'
import { Icon } from '../app/parts'
import { moment } from '../texts'
import { useModel } from './context'
import type { Model } from './model'
import { type Key, t } from './texts'

function Strip() {
  const model = useModel()
  const { book, turns, online, unsent } = model
  const [said, setSaid] = useState('')
  const lost = book.redemptions.filter((one) => one.outcome?.outcome === 'refused' && !one.isSeen).length
  useEffect(() => {
    const moved = () => setSaid('') // it was an answer to a touch on the screen before
    addEventListener('hashchange', moved)
    return () => removeEventListener('hashchange', moved)
  }, [])
  async function send(): Promise<void> {
    setSaid('')
    await turns.go()
    setSaid(model.outcome === 'later' ? t('c_later') : model.outcome === 'stuck' ? t('c_stuck') : '')
  }
  return (
    <>
      <header class="strip">
        <div class="strip-row">
          <p class="strip-facts">
            <span class={unsent ? 'strip-fact strip-due' : 'strip-fact'}>{t('c_unsent', { n: unsent })}</span>
            <span class="strip-fact">
              {book.lastSentMs ? t('c_last', { time: moment(book.lastSentMs) }) : t('c_never')}
            </span>
          </p>
          <button type="button" class="strip-send" disabled={turns.sending} onClick={send}>
            {!online && <Icon name="wifi-off" />}
            {t(turns.sending ? 'c_sending' : 'c_send')}
          </button>
        </div>
      </header>
      {lost > 0 && (
        <a class="strip-returned" href={to('today')} onClick={() => model.see()}>
          <Icon name="triangle-alert" />
          {t('c_not_counted', { n: lost })}
        </a>
      )}
      <p class="strip-said" role="status">
        {standing(model) || (model.outcome === 'sent' ? '' : said)}
      </p>
    </>
  )
}

/** Say what a person must know before anything can be sent again. */
function standing({ book, outcome }: Model): string {
  if (book?.account?.barred) return t('c_barred', { message: book.account.barred.message })
  return outcome === 'outdated' ? t('c_outdated') : ''
}

const PAGES: { path: string; icon: string; name: Key }[] = [
  { path: '', icon: 'qr-code', name: 'c_nav_home' },
  { path: 'today', icon: 'file-text', name: 'c_nav_today' },
  { path: 'settings', icon: 'phone', name: 'c_nav_settings' },
]

export function Shell({ here, children }: { here: string; children: ComponentChildren }) {
  const { release, isBusy, book } = useModel()
  const said = {
    ...{ skip: t('skip'), nav: t('c_nav') },
    ...{ updateTitle: t('c_update_title'), updateText: t('c_update_text'), update: t('c_update_button') },
  }
  const pages = book.account ? PAGES.map((page) => ({ ...page, name: t(page.name) })) : []
  return (
    <Frame strip={book.account && <Strip />} pages={pages} here={here} release={release} isBusy={isBusy} said={said}>
      {children}
    </Frame>
  )
}
