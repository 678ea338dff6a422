/** Small parts that several screens are made of. */
import type { ComponentChildren } from 'preact'
import type { Row } from '../outbox/rules'
import { type Key, t } from '../texts'

export function Icon({ name }: { name: string }) {
  return (
    <svg class="icon" aria-hidden="true" focusable="false" width="20" height="20">
      <use href={`#${name}`} />
    </svg>
  )
}

export type Shown = 'draft' | 'remade' | Row['state']

const SIGNS: Record<Shown, { icon: string; text: Key; explained: Key; tone: string }> = {
  draft: { icon: 'pencil', text: 'row_draft', explained: 'row_draft_text', tone: 'quiet' },
  saved: { icon: 'download', text: 'row_saved', explained: 'row_saved_text', tone: 'waiting' },
  sent: { icon: 'arrow-up', text: 'row_sent', explained: 'row_sent_text', tone: 'waiting' },
  received: { icon: 'circle-check', text: 'row_received', explained: 'row_received_text', tone: 'good' },
  returned: { icon: 'triangle-alert', text: 'row_returned', explained: 'row_returned_text', tone: 'bad' },
  remade: { icon: 'circle-slash', text: 'row_remade', explained: 'row_remade_text', tone: 'quiet' },
}

export const shownOf = (row: Row): Shown => (row.remadeAs ? 'remade' : row.state)
export const explained = (state: Shown) => t(SIGNS[state].explained)

export function StateTag({ state }: { state: Shown }) {
  const sign = SIGNS[state]
  return (
    <span class={`tag tag-${sign.tone}`}>
      <Icon name={sign.icon} />
      {t(sign.text)}
    </span>
  )
}

interface NoticeProps {
  tone?: 'good' | 'warning' | 'error'
  icon?: string
  title: string
  children?: ComponentChildren
}

export function Notice({ tone = 'good', icon = 'info', title, children }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`} role={tone === 'error' ? 'alert' : undefined}>
      <Icon name={icon} />
      <div>
        <p class="notice-title">{title}</p>
        {children}
      </div>
    </div>
  )
}

export function Empty({ title, text }: { title: string; text: string }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <p>{text}</p>
    </div>
  )
}

/** The way back; bare, its words are for the ear only. */
export function Back({ href, isBare = false }: { href: string; isBare?: boolean }) {
  return (
    <a class="back" href={href}>
      <Icon name="chevron-left" />
      <span class={isBare ? 'unseen' : undefined}>{t('back')}</span>
    </a>
  )
}
