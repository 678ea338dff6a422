/** Scans a QR code: opens the camera over the page and gives the code's text, or nothing when it was closed. */
import { render } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Key, t } from '../texts/behind'
import { Icon } from './parts'

interface Wanted {
  title: string
  hint: string
}

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}

interface NativeDetector {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

const QR = { formats: ['qr_code' as const] }
const LOOK_EVERY_MS = 120
const SLOW_MS = 10_000

const FAULTS: { [name: string]: Key } = {
  NotAllowedError: 'scan_denied',
  SecurityError: 'scan_denied',
  NotReadableError: 'scan_busy',
  AbortError: 'scan_busy',
}

/** Ask for a code; nothing comes back when the person closes the camera, or there is none. Never throws. */
export function scan({ title = t('scan_title'), hint = t('scan_hint') }: Partial<Wanted> = {}): Promise<string | null> {
  return new Promise((resolve) => {
    const place = document.body.appendChild(document.createElement('div'))
    const before = document.activeElement
    const done = (text: string | null) => {
      render(null, place)
      place.remove()
      if (before instanceof HTMLElement) before.focus()
      resolve(text)
    }
    render(<Scanner title={title} hint={hint} onDone={done} />, place)
  })
}

/** The phone's own detector, else one of ours that is kept for offline. */
async function detectorOf(): Promise<Detector> {
  const native = (globalThis as { BarcodeDetector?: NativeDetector }).BarcodeDetector
  const formats = native ? await native.getSupportedFormats().catch(() => []) : []
  if (native && formats.includes('qr_code')) return new native(QR)
  const { BarcodeDetector } = await import('qr/decode.js')
  return new BarcodeDetector(QR)
}

function Scanner({ title, hint, onDone }: Wanted & { onDone: (text: string | null) => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const [said, setSaid] = useState<Key | null>('scan_starting')
  const [fault, setFault] = useState<Key | null>(null)

  useEffect(() => {
    dialog.current?.showModal()
    const ending = new AbortController()
    look(video.current as HTMLVideoElement, ending.signal, setSaid)
      .then((text) => text !== null && onDone(text))
      .catch((error: unknown) => {
        setSaid(null)
        setFault(FAULTS[error instanceof DOMException ? error.name : ''] ?? 'scan_none')
      })
    return () => ending.abort()
  }, [])

  return (
    <dialog class="scan" ref={dialog} aria-labelledby="scan-title" onCancel={() => onDone(null)}>
      <h2 id="scan-title">{title}</h2>
      <div class="scan-view" hidden={fault !== null}>
        <video ref={video} playsInline muted />
      </div>
      <p class="scan-said" role={fault ? 'alert' : 'status'}>
        {fault && <Icon name="triangle-alert" />}
        {fault || said ? t((fault ?? said) as Key) : hint}
      </p>
      <button type="button" class="button button-wide" onClick={() => onDone(null)}>
        {t('scan_close')}
      </button>
    </dialog>
  )
}

/** Look until a code is seen or the looking ends; raises what the camera says when it cannot be had. */
async function look(
  video: HTMLVideoElement,
  ending: AbortSignal,
  say: (key: Key | null) => void,
): Promise<string | null> {
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException('no camera here', 'NotFoundError')
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
  const stop = () => {
    for (const track of stream.getTracks()) track.stop()
  }
  ending.addEventListener('abort', stop)
  if (ending.aborted) stop()
  const detector = await detectorOf()
  video.srcObject = stream
  await video.play().catch(() => undefined)
  say(null)
  const begun = performance.now()
  while (!ending.aborted) {
    // A frame that cannot be read is no news: the next one may be sharp.
    const found = video.readyState >= 2 ? await detector.detect(video).catch(() => []) : []
    if (found[0]?.rawValue) return found[0].rawValue
    if (performance.now() - begun > SLOW_MS) say('scan_slow')
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  return null
}
