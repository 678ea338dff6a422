// The staff pages' script: the same kit, and htmx for panels and forms that change in place.
import htmx from 'htmx.org'
import { wake } from './portal.js'

window.htmx = htmx

// Service workers, push and hashing are there on https only.
const tells = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
if (tells && document.querySelector('[data-push]')) import('./push.js').then(({ wake }) => wake())

document.addEventListener('htmx:after:swap', () => wake(document))

// "/" leads to the search box from everywhere but a field that is being filled in.
document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.closest('input, textarea, select, [contenteditable]')) return
  const box = document.getElementById('find')
  if (!box) return
  event.preventDefault()
  box.focus()
  box.select()
})

// An open group of the menu closes by Escape, and when something else is touched.
const opened = () => document.querySelector('.rq-nav__group[open]')
document.addEventListener('keydown', event => {
  const group = event.key === 'Escape' && opened()
  if (!group) return
  const inside = group.contains(document.activeElement)
  group.open = false
  if (inside) group.querySelector('summary').focus()
})
document.addEventListener('click', event => {
  const group = opened()
  if (group && !group.contains(event.target)) group.open = false
})

const recorder = document.querySelector('[data-recorder]')
if (recorder && 'MediaRecorder' in window) import('./recorder.js').then(({ wake }) => wake(recorder))
if (document.querySelector('[data-live]')) import('./board.js').then(({ watch }) => watch(htmx))
