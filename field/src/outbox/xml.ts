/** Writes an assist as an instance of the published form, the same payload that ODK Collect would send. */

/** The form that the server has published: its fields' names are the elements' names. */
export interface AssistForm {
  id: string
  version: string
  fields: { started: string; outing: string; service: string; result: string; how: string } & {
    bottleneck: string
    language: string
    group?: string
    /** Forms of earlier years ask for no card. */
    card?: string
  }
}

export interface Answers {
  outing: string
  service: string
  group: string
  result: string
  how: string
  /** Why the person is stuck; asked at the lowest rung only. */
  bottleneck: string | null
  language: string
  /** The mark of the companion card that was shown; never its code. */
  card?: string | null
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/

/** Keep what XML 1.0 can hold: a lone half of a pair or a control sign would make the whole record unreadable. */
export function xmlText(text: string): string {
  let kept = ''
  for (const sign of text) {
    const code = sign.codePointAt(0) as number
    const allowed = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff)
    if (allowed || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000) kept += ENTITIES[sign] ?? sign
  }
  return kept
}

function element(name: string, text: string): string {
  if (!NAME.test(name)) throw new Error(`not the name of an element: ${name}`)
  return `  <${name}>${xmlText(text)}</${name}>\n`
}

/** Write the record; `replaces` is the instance that this one corrects. */
export function assistXml(
  form: AssistForm,
  id: string,
  started: string,
  answers: Answers,
  replaces: string | null = null,
): string {
  const f = form.fields
  const deprecated = replaces ? `<orx:deprecatedID>${xmlText(replaces)}</orx:deprecatedID>` : ''
  return [
    `<?xml version='1.0' ?>\n`,
    `<data xmlns:orx="http://openrosa.org/xforms" id="${xmlText(form.id)}" version="${xmlText(form.version)}">\n`,
    element(f.started, started),
    element(f.outing, answers.outing),
    element(f.service, answers.service),
    element(f.group ?? 'group', answers.group),
    element(f.result, answers.result),
    element(f.how, answers.how),
    answers.bottleneck ? element(f.bottleneck, answers.bottleneck) : '',
    element(f.language, answers.language),
    f.card && answers.card ? element(f.card, answers.card) : '',
    `  <orx:meta><orx:instanceID>${xmlText(id)}</orx:instanceID>${deprecated}</orx:meta>\n`,
    `</data>\n`,
  ].join('')
}

/**
 * Add a remark of chance to a payload. Its hash stands open on a locked phone, in receipts, and in what a teammate
 * carries; without it the few answers that a record can hold could be guessed from that hash.
 */
export const withChance = (xml: string) => `${xml}<!-- ${crypto.randomUUID()} -->\n`

/** The payload's name for ever: SHA-256 of its UTF-8 bytes, in hex. */
export async function sha256(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export const hex = (digest: ArrayBuffer) =>
  Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
