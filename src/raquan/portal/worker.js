// Keeps guides on the phone: a page that was opened once, and recordings that were asked for, open without a network.
// It stands at /guides/worker.js (and /en/guides/worker.js), so that it sees the pages of guides and nothing else:
// whether an outing is real, cards and private answers are never shown from a copy. FORMAT grows only when what is
// kept has to be thrown away.
const FORMAT = 1
const FAMILY = 'raquan-guides-'
const PAGES = `${FAMILY}pages-${FORMAT}`
const SOUNDS = `${FAMILY}sounds-${FORMAT}`
const PARTS = `${FAMILY}parts-${FORMAT}`
const MOST = { [PAGES]: 3_000_000, [SOUNDS]: 4_000_000, [PARTS]: 1_000_000 } // bytes
const LARGEST = 300_000
const PATIENCE = 8_000 // milliseconds for a page of which there is a copy

const SCOPE = new URL('./', self.location).pathname
const UNSAVED = `${SCOPE}unsaved/`
const SOUND = /\/sound\/[0-9a-f-]{36}\/$/

self.addEventListener('install', event => {
  event.waitUntil(fetch(UNSAVED, { cache: 'no-cache' }).then(answer => keep(PAGES, UNSAVED, answer)))
  self.skipWaiting() // all of it is this one file: there is no other part that could be of another day
})

self.addEventListener('activate', event => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter(name => name.startsWith(FAMILY) && !(name in MOST))
    await Promise.all(old.map(name => caches.delete(name)))
    await self.clients.claim()
  })())
})

self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname.startsWith('/static/ui/assets/')) event.respondWith(part(request))
  else if (!url.pathname.startsWith(SCOPE)) return
  else if (SOUND.test(url.pathname)) event.respondWith(sound(request, url.pathname))
  else if (request.mode === 'navigate') event.respondWith(page(request, url.pathname, work => event.waitUntil(work)))
})

// {save: path, parts: [path], sounds: [path]} or {forget: path}; answered with {ok}.
self.addEventListener('message', event => {
  const { save, parts = [], sounds = [], forget } = event.data
  const work = save ? saveAll(save, parts, sounds) : drop(forget)
  event.waitUntil(work.then(() => true, () => false).then(ok => event.ports[0]?.postMessage({ ok })))
})

async function saveAll (path, parts, sounds) {
  if (!path.startsWith(SCOPE)) throw new Error('not a guide')
  const wanted = [[PAGES, path], ...parts.map(one => [PARTS, one]), ...sounds.map(one => [SOUNDS, one])]
  await Promise.all(wanted.map(async ([name, one]) => {
    if (name !== PAGES && await (await caches.open(name)).match(one)) return
    const answer = await fetch(one)
    if (!answer.ok) throw new Error(one)
    await keep(name, one, answer)
  }))
}

async function drop (path) {
  await (await caches.open(PAGES)).delete(path)
  await prune(path, '')
}

// Network first: what is said of outings ages within hours. A copy says that it is one, and of when.
async function page (request, path, later) {
  const copy = await (await caches.open(PAGES)).match(path)
  try {
    const answer = await (copy ? soon(fetch(request)) : fetch(request))
    if (answer.status >= 500 && copy) return marked(copy)
    if (answer.ok && path !== UNSAVED) later(keep(PAGES, path, answer.clone()))
    else if (answer.status === 404 || answer.status === 410) later(drop(path))
    return answer
  } catch {
    return copy && path !== UNSAVED ? marked(copy) : nothing()
  }
}

function soon (answer) {
  return Promise.race([answer, new Promise((resolve, reject) => setTimeout(reject, PATIENCE))])
}

async function part (request) {
  const kept = await (await caches.open(PARTS)).match(request.url)
  return kept ?? fetch(request)
}

// Players ask for pieces, and some play nothing when they get the whole instead.
async function sound (request, path) {
  const kept = await (await caches.open(SOUNDS)).match(path)
  if (!kept) return fetch(request)
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('Range') ?? '')
  if (!asked) return kept
  const whole = await kept.blob()
  const start = Number(asked[1])
  const end = asked[2] ? Math.min(Number(asked[2]) + 1, whole.size) : whole.size
  const headers = { 'Content-Type': kept.headers.get('Content-Type'), 'Accept-Ranges': 'bytes' }
  if (start >= end) return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${whole.size}` } })
  headers['Content-Range'] = `bytes ${start}-${end - 1}/${whole.size}`
  return new Response(whole.slice(start, end), { status: 206, statusText: 'Partial Content', headers })
}

async function keep (name, path, answer) {
  const body = await answer.blob()
  if (!answer.ok || body.size > LARGEST) return
  const headers = new Headers(answer.headers)
  for (const gone of ['content-encoding', 'content-length', 'set-cookie']) headers.delete(gone)
  headers.set('X-Saved-At', String(Date.now()))
  const cache = await caches.open(name)
  await cache.delete(path) // put back at the end: the first are the oldest
  await cache.put(path, new Response(body, { headers }))
  if (name === PAGES) await prune(path, await body.text())
  await bound(cache, MOST[name])
}

// What a guide's page no longer names was withdrawn or replaced.
async function prune (path, text) {
  const cache = await caches.open(SOUNDS)
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith(`${path}sound/`) && !text.includes(pathname)) await cache.delete(request)
  }
}

async function bound (cache, most) {
  let bytes = 0
  for (const request of (await cache.keys()).reverse()) {
    bytes += (await (await cache.match(request)).blob()).size
    if (bytes > most && new URL(request.url).pathname !== UNSAVED) await cache.delete(request)
  }
}

async function marked (copy) {
  const when = new Date(Number(copy.headers.get('X-Saved-At')))
  const two = number => String(number).padStart(2, '0')
  const said = `${two(when.getHours())}:${two(when.getMinutes())} ${two(when.getDate())}/${two(when.getMonth() + 1)}/${when.getFullYear()}`
  const text = (await copy.text()).replace('data-saved-copy hidden', 'data-saved-copy').replace('data-saved-at>', `data-saved-at>${said}`)
  return new Response(text, { headers: copy.headers })
}

async function nothing () {
  const cache = await caches.open(PAGES)
  const copy = await cache.match(UNSAVED)
  if (!copy) return Response.error()
  const items = []
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (pathname === UNSAVED || !pathname.startsWith(SCOPE)) continue
    const title = /<title>([^<]+?) · /.exec(await (await cache.match(request)).text())
    // Both are as they stood in our own page: the title is escaped there, a path is percent-encoded.
    if (title) items.push(`<li><a class="govuk-link" href="${pathname}">${title[1].trim()}</a></li>`)
  }
  let text = await copy.text()
  if (items.length) text = text.replace('data-saved-list>', `data-saved-list>${items.join('')}`).replace('data-none-saved', 'data-none-saved hidden')
  return new Response(text, { headers: copy.headers })
}
