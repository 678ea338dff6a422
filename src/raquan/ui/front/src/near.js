// Finds the outings nearest to the phone: the index comes here, where the phone is goes nowhere.
const MOST = 5
const EARTH_KM = 6371

export function wake () {
  const box = document.querySelector('[data-near]')
  box.hidden = false
  box.querySelector('button').addEventListener('click', () => look(box))
}

function look (box) {
  const found = box.querySelector('.rq-near__found')
  navigator.geolocation.getCurrentPosition(
    async ({ coords }) => {
      try {
        show(box, found, nearest(await (await fetch(box.dataset.near)).json(), coords))
      } catch {
        found.textContent = box.dataset.denied
      }
    },
    () => { found.textContent = box.dataset.denied },
    { maximumAge: 600_000, timeout: 20_000 }
  )
}

export function nearest (index, { latitude, longitude }) {
  return index
    .map((one) => ({ one, km: distance(latitude, longitude, one[4], one[5]) }))
    .sort((a, b) => a.km - b.km)
    .slice(0, MOST)
}

// The great circle (haversine), in kilometres.
export function distance (lat1, lon1, lat2, lon2) {
  const rad = Math.PI / 180
  const a = Math.sin((lat2 - lat1) * rad / 2) ** 2 +
    Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin((lon2 - lon1) * rad / 2) ** 2
  return 2 * EARTH_KM * Math.asin(Math.sqrt(a))
}

function show (box, found, items) {
  if (!items.length) { found.textContent = box.dataset.none; return }
  const title = element('h2', 'govuk-heading-m', box.dataset.found)
  const list = element('ul', 'rq-cards')
  for (const { one: [code, site, place, when], km } of items) {
    const card = element('li', 'rq-card')
    const link = element('a', 'govuk-link', site)
    link.href = `${box.dataset.base}${code}/`
    const heading = element('h3', 'rq-card__title')
    heading.append(link)
    const far = box.dataset.km.replace('{km}', km < 10 ? km.toFixed(1).replace('.', ',') : String(Math.round(km)))
    card.append(element('p', 'rq-card__when', when), heading, element('p', 'rq-card__where', `${place}; ${far}`))
    list.append(card)
  }
  found.replaceChildren(title, list)
}

function element (name, className, text) {
  const made = document.createElement(name)
  made.className = className
  if (text) made.textContent = text
  return made
}
