/**
 * The service worker of the field app and, built with another list of files, of the counter's page: keeps the whole
 * app on the phone, so that from the second start on it needs no network.
 */
declare const __FILES__: string[]
declare const __LATER__: string[]
declare const __VERSION__: string

const worker = self as unknown as ServiceWorkerGlobalScope
const FILES = __FILES__
/** The page of other forms: half a megabyte that is kept from its first use on. */
const LATER = __LATER__
const VERSION = __VERSION__
/** The app's own page; what is kept of it is named after it, so that no app clears another's away. */
const SHELL = FILES[0] as string
const FAMILY = `${SHELL.split('/')[1]}-`
const CACHE = FAMILY + VERSION
/** The page that comes later, where the app has one. */
const FORM = LATER[0]
const PAGES = [SHELL, FORM]
/** Files named by their content: whichever release kept one, it is the same. */
const ASSETS = /^\/static\/field\/(?:counter\/)?assets\//

worker.addEventListener('install', (event) => {
  const install = async () => {
    const isUsed = FORM && (await caches.match(FORM)) // by the release before: its successor keeps it too
    await keep(FILES)
    // A line too thin for it does not hold up the app itself.
    if (isUsed) await keep(LATER).catch(() => undefined)
  }
  event.waitUntil(install())
})

async function keep(files: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE)
  // A page is asked for anew; the rest is named by its content and may come from the browser's own cache.
  await cache.addAll(files.map((url) => (PAGES.includes(url) ? new Request(url, { cache: 'reload' }) : url)))
}

worker.addEventListener('activate', (event) => {
  // Another window may still hold a form of the release before, and will ask for that release's files: they stay
  // until the next update, since the server has them no more.
  const clear = async () => {
    const others = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== CACHE)
    await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)))
    await worker.clients.claim()
  }
  event.waitUntil(clear())
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return
  const isKept =
    request.mode === 'navigate' ? PAGES.includes(url.pathname) : [...FILES, ...LATER].includes(url.pathname)
  if (isKept) event.respondWith(kept(url.pathname, request))
  else if (ASSETS.test(url.pathname)) event.respondWith(keptBefore(url.pathname, request))
})

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(path)) ?? fetch(request)
}

async function keptBefore(path: string, request: Request): Promise<Response> {
  return (await caches.match(path)) ?? fetch(request)
}

worker.addEventListener('message', (event) => {
  if (event.data === 'update') void worker.skipWaiting()
  if (event.data === 'keep') event.waitUntil(keepLater(event.ports[0]))
  if (event.data === 'ready?') event.waitUntil(tell(event.ports[0]))
})

/** Keep what is missing of the page of other forms, and tell it whether all of it is here. */
async function keepLater(port: MessagePort | undefined): Promise<void> {
  const cache = await caches.open(CACHE)
  const found = await Promise.all(LATER.map((url) => cache.match(url)))
  const isKept = await keep(LATER.filter((_url, at) => !found[at])).then(
    () => true,
    () => false,
  )
  port?.postMessage(isKept)
}

/** Tell the page whether every file of this release is kept. */
async function tell(port: MessagePort | undefined): Promise<void> {
  const cache = await caches.open(CACHE)
  const found = await Promise.all(FILES.map((url) => cache.match(url)))
  port?.postMessage({ version: VERSION, complete: found.every(Boolean), files: FILES.length })
}

/** Forget the data keys whose hours are over; the app does the same when it starts, but nobody may start it again. */
function sweep(): Promise<void> {
  return new Promise((resolve) => {
    const asked = indexedDB.open('raquan-field')
    asked.onupgradeneeded = () => asked.transaction?.abort() // there is none yet, and the app is to make it
    asked.onerror = (event) => {
      event.preventDefault()
      resolve()
    }
    asked.onsuccess = () => {
      const db = asked.result
      db.onversionchange = () => db.close()
      const swept = db.objectStoreNames.contains('keys') ? sweepKeys(db) : Promise.resolve()
      swept.then(() => {
        db.close()
        resolve()
      })
    }
  })
}

function sweepKeys(db: IDBDatabase): Promise<void> {
  return new Promise((resolve) => {
    const tx = db.transaction('keys', 'readwrite')
    tx.oncomplete = () => resolve()
    tx.onabort = () => resolve()
    tx.objectStore('keys').openCursor().onsuccess = (event) => {
      const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result
      if (!cursor) return
      const now = Date.now()
      if (now < cursor.value.fromMs || now > cursor.value.untilMs) cursor.delete()
      cursor.continue()
    }
  })
}

void sweep() // each time that the browser wakes this worker: for a page, an update, a periodic sync
worker.addEventListener('periodicsync', (event) => (event as ExtendableEvent).waitUntil(sweep()))

export {}
