// The staff pages' script: the same kit, and htmx for panels and forms that change in place.
import htmx from 'htmx.org'
import { wake } from './portal.js'

window.htmx = htmx

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
