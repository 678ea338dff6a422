// Keeps a guide on the phone: the page as soon as it is open, its recordings when they are wanted.
export async function wake (box) {
  const path = location.pathname
  const state = box.querySelector('[data-state]')
  const withSounds = box.querySelector('[data-with-sounds]')
  const forget = box.querySelector('[data-forget]')
  const sounds = [...document.querySelectorAll('audio[data-recording]')].map(one => one.getAttribute('src'))

  let worker
  try {
    await navigator.serviceWorker.register(box.dataset.keep)
    worker = (await navigator.serviceWorker.ready).active
  } catch {
    return // private windows and some in-app browsers keep nothing
  }
  box.hidden = false

  const ask = message => new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = event => resolve(event.data.ok)
    worker.postMessage(message, [port2])
  })
  const has = async one => Boolean(await caches.match(one))
  const show = async said => {
    const isKept = await has(path)
    const areKept = sounds.length > 0 && (await Promise.all(sounds.map(has))).every(Boolean)
    state.textContent = said ?? (areKept ? box.dataset.allSaid : isKept ? box.dataset.pageSaid : '')
    if (withSounds) withSounds.hidden = areKept
    forget.hidden = !isKept
  }
  const save = async wanted => {
    const ok = await ask({ save: path, parts: parts(), sounds: wanted })
    await show(ok || navigator.onLine === false ? undefined : box.dataset.failed)
  }

  withSounds?.addEventListener('click', () => { state.textContent = box.dataset.saving; save(sounds) })
  forget.addEventListener('click', async () => { await ask({ forget: path }); await show('') })
  const isCopy = !document.querySelector('[data-saved-copy]')?.hidden
  if (isCopy || navigator.onLine === false) await show()
  else await save([])
}

// What the page is made of: styles, scripts, fonts, icons, pictures. All of it is here already, the copy is free.
function parts () {
  const named = [...document.querySelectorAll('link[rel=stylesheet], script[src], link[rel=icon], img[src], use[href]')]
    .map(one => one.getAttribute('href') ?? one.getAttribute('src'))
  const fetched = performance.getEntriesByType('resource').map(one => one.name)
  const paths = [...named, ...fetched].map(one => new URL(one, location)).filter(one => one.origin === location.origin)
  return [...new Set(paths.map(one => one.pathname).filter(one => one.startsWith('/static/ui/assets/')))]
}
