// The staff pages' script: the same kit, and htmx for panels and forms that change in place.
import htmx from 'htmx.org'
import { wake } from './portal.js'

window.htmx = htmx

document.addEventListener('htmx:after:swap', () => wake(document))
