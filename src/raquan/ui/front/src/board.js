// A board asks for what has changed: while it is seen, not while somebody is at work in it, and it stays as it was open.
const EVERY = 3000

export function watch (htmx) {
  let open = []
  const board = () => document.querySelector('[data-live]')
  setInterval(() => {
    const shown = board()
    if (shown && !document.hidden && !shown.contains(document.activeElement)) htmx.trigger(shown, 'rq:look')
  }, EVERY)
  document.addEventListener('htmx:before:swap', () => {
    open = [...document.querySelectorAll('[data-live] details[open]')].map(one => one.id)
  })
  document.addEventListener('htmx:after:swap', () => {
    for (const id of open) document.getElementById(id)?.setAttribute('open', '')
  })
}
