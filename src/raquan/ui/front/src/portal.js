// Wakes the GOV.UK components of a page; the public pages need no more script, and work without this one.
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { Checkboxes } from 'govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { Radios } from 'govuk-frontend/dist/govuk/components/radios/radios.mjs'
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs'

const COMPONENTS = [Button, Checkboxes, ErrorSummary, Radios, SkipLink]

// The components refuse to start without these two words.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')

export function wake (scope) {
  for (const Component of COMPONENTS) {
    const selector = `[data-module="${Component.moduleName}"]:not([data-${Component.moduleName}-init])`
    const found = [...scope.querySelectorAll(selector)]
    if (scope instanceof Element && scope.matches(selector)) found.push(scope)
    for (const element of found) new Component(element)
  }
}

wake(document)

// What only some pages have is fetched by those alone.
if (document.querySelector('[data-near]') && 'geolocation' in navigator) import('./near.js').then(({ wake }) => wake())
if (document.querySelector('[data-read-aloud]') && 'speechSynthesis' in window) import('./aloud.js').then(({ wake }) => wake())

const kept = document.querySelector('[data-keep]')
if (kept && 'serviceWorker' in navigator && 'caches' in window) import('./saving.js').then(({ wake }) => wake(kept))
if (document.querySelector('[data-live]')) import('./live.js').then(({ wake }) => wake())
if (document.querySelector('[data-share]')) import('./share.js').then(({ wake }) => wake())
