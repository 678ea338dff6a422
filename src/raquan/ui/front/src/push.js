// Lets this browser be told by web push: asks its owner, subscribes, and posts the subscription as a form.
const states = name => {
  for (const one of document.querySelectorAll('[data-push-state]')) one.hidden = one.dataset.pushState !== name
}

export async function wake () {
  const box = document.querySelector('[data-push]')
  const form = box.querySelector('form')
  if (Notification.permission === 'denied') return states('blocked')
  const known = await navigator.serviceWorker.getRegistration(box.dataset.scope)
  const subscription = await known?.pushManager.getSubscription()
  const row = subscription && document.querySelector(`[data-push-mark="${await hash(subscription.endpoint)}"]`)
  states(row ? 'told' : 'ready')
  if (row) {
    row.querySelector('[data-push-here]').hidden = false
    row.closest('tr').querySelector('form').addEventListener('submit', event => {
      event.preventDefault()
      subscription.unsubscribe().finally(() => event.target.submit())
    }, { once: true })
  }
  form.addEventListener('submit', event => {
    event.preventDefault()
    ask(box, form).catch(() => states(Notification.permission === 'denied' ? 'blocked' : 'failed'))
  })
}

async function ask (box, form) {
  if (await Notification.requestPermission() !== 'granted') throw new Error('not granted')
  const registration = await navigator.serviceWorker.register(box.dataset.worker, { scope: box.dataset.scope })
  await active(registration)
  // What is left of another person or of an older key would be told for them.
  await (await registration.pushManager.getSubscription())?.unsubscribe()
  const key = bytes(box.dataset.key)
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  const { endpoint, keys } = made.toJSON()
  form.elements.endpoint.value = endpoint
  form.elements.p256dh.value = keys.p256dh
  form.elements.auth.value = keys.auth
  form.submit()
}

function active (registration) {
  const worker = registration.installing || registration.waiting || registration.active
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === 'activated') resolve()
      if (worker.state === 'redundant') reject(new Error('redundant'))
    }
    worker.addEventListener('statechange', look)
    look()
  })
}

function bytes (base64url) {
  const letters = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(letters, letter => letter.charCodeAt(0))
}

async function hash (text) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
}
