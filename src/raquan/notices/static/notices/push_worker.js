// Shows what a push message says and opens its page on a click. It answers no fetch: pages load as without it.
self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('push', event => {
  const { title, body, href, tag } = event.data.json()
  event.waitUntil(self.registration.showNotification(title, { body, tag, lang: 'vi', data: { href } }))
})

self.addEventListener('notificationclick', event => {
  event.notification.close()
  const address = new URL(event.notification.data.href, self.location.origin)
  if (address.origin === self.location.origin) event.waitUntil(open(address.href))
})

async function open (address) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = pages.find(page => page.url === address)
  return there ? there.focus() : self.clients.openWindow(address)
}
