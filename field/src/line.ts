/** Asks one of the server's doors: JSON, a key in the header, patience with a thin line, its no as `Refused`. */
import type { Reason } from './outbox/rules'

const PATIENCE_MS = 90_000
/** What is shorter is sent as it is. */
const PACKED_FROM = 2000

/** The server has answered, but with no: `status` and its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly reason: Reason,
  ) {
    super(reason.message)
  }
}

/** Give the two ways to ask a door; they throw `Refused` on a no, anything else when no answer came. */
export function lineTo(door: string) {
  async function ask(path: string, init: RequestInit, key?: string): Promise<Response> {
    const headers = new Headers(init.headers)
    if (key) headers.set('Authorization', `Bearer ${key}`)
    const answer = await fetch(door + path, {
      ...init,
      headers,
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (answer.ok || answer.status === 304) return answer
    const said = (await answer.json().catch(() => ({}))) as { code?: string; message?: string }
    throw new Refused(answer.status, { code: said.code ?? `http.${answer.status}`, message: said.message ?? '' })
  }

  async function post(path: string, body: unknown, key?: string): Promise<Response> {
    const text = JSON.stringify(body)
    const headers: Record<string, string> = { 'Content-Type': 'application/json' }
    if (text.length < PACKED_FROM) return ask(path, { method: 'POST', headers, body: text }, key)
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
    const packed = await new Response(stream).arrayBuffer()
    return ask(path, { method: 'POST', headers: { ...headers, 'Content-Encoding': 'gzip' }, body: packed }, key)
  }

  return { ask, post }
}
