// Puts newer numbers into the page of the Day: rarely, only while it is looked at, and more rarely when the line is bad.
const EVERY = 120_000
const LATEST = 15 * 60_000

export function wake () {
  const box = document.querySelector('[data-live]')
  let wait = EVERY
  const later = () => setTimeout(look, wait * (0.9 + Math.random() / 5))

  async function look () {
    if (document.hidden || !navigator.onLine || box.contains(document.activeElement)) return later()
    try {
      const answer = await fetch(box.dataset.live, { headers: { Accept: 'text/html' } })
      if (!answer.ok) throw new Error(String(answer.status))
      box.innerHTML = await answer.text()
      wait = EVERY
    } catch {
      wait = Math.min(wait * 2, LATEST)
    }
    later()
  }

  later()
}
