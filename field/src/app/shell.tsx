/** What stands around every screen: the strip that tells what is safe and what is sent, and the four pages below. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { type Key, moment, t } from '../texts'
import { to, useModel } from './context'
import { Frame } from './frame'
import type { Model } from './model'
import { Icon } from './parts'

export function Strip() {
  const model = useModel()
  const { counts, lastSentMs, courier, online } = model
  const photos = model.photosDue()
  const [said, setSaid] = useState('')
  async function send(): Promise<void> {
    setSaid('')
    await courier.go()
    setSaid(spoken(model))
  }
  return (
    <>
      <header class="strip">
        <div class="strip-row">
          <p class="strip-facts">
            <span class="strip-fact">{t('strip_kept', { n: counts.kept })}</span>
            <span class={counts.unsent ? 'strip-fact strip-due' : 'strip-fact'}>
              {t('strip_unsent', { n: counts.unsent })}
            </span>
            {photos > 0 && <span class="strip-fact strip-due">{t('strip_photos', { n: photos })}</span>}
            <span class="strip-fact">
              {lastSentMs ? t('strip_last', { time: moment(lastSentMs) }) : t('strip_never')}
            </span>
          </p>
          <button type="button" class="strip-send" disabled={courier.sending} onClick={send}>
            {!online && <Icon name="wifi-off" />}
            {courier.sending ? t('strip_sending') : t('strip_send')}
          </button>
        </div>
      </header>
      {counts.returned > 0 && (
        <a class="strip-returned" href={to('records', 'returned')}>
          <Icon name="triangle-alert" />
          {t('strip_returned', { n: counts.returned })}
        </a>
      )}
      <p class="strip-said" role="status">
        {standing(model) || (counts.unsent > 0 && said && (model.locked ? t('send_locked') : said))}
      </p>
    </>
  )
}

/** Say what a person must do before anything can be sent again. */
function standing({ account, outcome }: Model): string {
  if (account?.barred) return t('send_barred', { message: account.barred.message })
  return outcome === 'outdated' ? t('send_outdated') : ''
}

/** Say how a sending that was asked for has gone; no line is no news to those who did not ask. */
function spoken({ outcome, locked }: Model): string {
  if (locked) return t('send_locked')
  return outcome === 'later' ? t('send_later') : outcome === 'stuck' ? t('send_stuck') : ''
}

const PAGES: { path: string; icon: string; name: Key }[] = [
  { path: '', icon: 'calendar', name: 'nav_today' },
  { path: 'records', icon: 'file-text', name: 'nav_records' },
  { path: 'guides', icon: 'info', name: 'nav_guides' },
  { path: 'phone', icon: 'phone', name: 'nav_phone' },
]

export function Shell({ here, children }: { here: string; children: ComponentChildren }) {
  const { release, dirty, account } = useModel()
  const said = {
    ...{ skip: t('skip'), nav: t('nav_label') },
    ...{ updateTitle: t('update_title'), updateText: t('update_text'), update: t('update_button') },
  }
  const pages = account ? PAGES.map((page) => ({ ...page, name: t(page.name) })) : []
  return (
    <Frame strip={account && <Strip />} pages={pages} here={here} release={release} isBusy={dirty} said={said}>
      {children}
    </Frame>
  )
}
