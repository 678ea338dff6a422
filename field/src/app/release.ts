/** The app's release on this phone: whether it is whole, and whether a newer one waits. */

export interface Kept {
  version: string
  complete: boolean
  files: number
}

export class Release {
  waiting: ServiceWorker | null = null
  #asked = false

  constructor(
    readonly onChange: () => void,
    /** The address of the app, below which its worker stands. */
    readonly home = '/field/',
  ) {}

  /** Register the worker; the page is loaded anew only after the person asked for it and no form is open. */
  async start(isDirty: () => boolean): Promise<void> {
    const container = navigator.serviceWorker
    if (!container) return
    const hadOne = container.controller !== null
    container.addEventListener('controllerchange', () => {
      if (hadOne || this.#asked) reloadWhenFree(isDirty)
    })
    try {
      const registration = await container.register(`${this.home}sw.js`, { scope: this.home, updateViaCache: 'none' })
      this.#watch(registration)
      wakeNowAndThen(registration)
      registration.addEventListener('updatefound', () => {
        registration.installing?.addEventListener('statechange', () => this.#watch(registration))
      })
    } catch {
      // No line, or none is served: the page itself works, and the check of the phone says what is missing.
    }
  }

  #watch(registration: ServiceWorkerRegistration): void {
    this.waiting = navigator.serviceWorker.controller ? registration.waiting : null
    this.onChange()
  }

  update(): void {
    this.#asked = true
    this.waiting?.postMessage('update')
  }

  /** Ask the worker whether every file is kept; null without a worker. */
  async kept(): Promise<Kept | null> {
    const registration = await navigator.serviceWorker?.getRegistration(this.home)
    const worker = registration?.active
    if (!worker) return null
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = (event) => resolve(event.data as Kept)
      setTimeout(() => resolve(null), 5_000)
      worker.postMessage('ready?', [port2])
    })
  }
}

/** Ask to be woken every few hours, so that open keys are swept; only installed apps of some browsers are. */
function wakeNowAndThen(registration: ServiceWorkerRegistration): void {
  const { periodicSync } = registration as { periodicSync?: { register(tag: string, how: object): Promise<void> } }
  periodicSync?.register('sweep', { minInterval: 4 * 3600_000 }).catch(() => undefined)
}

function reloadWhenFree(isDirty: () => boolean): void {
  if (isDirty()) setTimeout(() => reloadWhenFree(isDirty), 1_000)
  else location.reload()
}
