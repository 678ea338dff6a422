/** The frame of an app of ours: a way past it, its strip, the word of a new release, its pages where the thumb is. */
import type { ComponentChildren } from 'preact'
import { to } from './context'
import { Icon, Notice } from './parts'
import type { Release } from './release'

interface FrameProps {
  strip: ComponentChildren
  /** None before anybody is known here. */
  pages: { path: string; icon: string; name: string }[]
  here: string
  release: Release
  /** Something is in hand that no update may take away. */
  isBusy: boolean
  /** What is said, in the person's language. */
  said: { skip: string; nav: string; updateTitle: string; updateText: string; update: string }
  children: ComponentChildren
}

export function Frame({ strip, pages, here, release, isBusy, said, children }: FrameProps) {
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        {said.skip}
      </button>
      {strip}
      <main id="main" tabIndex={-1}>
        {release.waiting && !isBusy && (
          <Notice icon="download" title={said.updateTitle}>
            <p>{said.updateText}</p>
            <button type="button" class="button" onClick={() => release.update()}>
              {said.update}
            </button>
          </Notice>
        )}
        {children}
      </main>
      {pages.length > 0 && (
        <nav class="nav" aria-label={said.nav}>
          {pages.map(({ path, icon, name }) => (
            <a key={path} href={to(path)} aria-current={here === path ? 'page' : undefined}>
              <Icon name={icon} />
              {name}
            </a>
          ))}
        </nav>
      )}
    </>
  )
}
