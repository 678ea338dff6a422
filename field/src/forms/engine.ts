/** The one place that knows ODK Web Forms: draws a form, gives its answers at any moment, and when it is complete. */
import { OdkWebForm, type Payload, webFormsPlugin } from '@getodk/web-forms'
import { createApp, h, type VNode } from 'vue'
import type { FormDraft, FormFile, KeptForm } from '../outbox/forms'
import { locale } from './words'

const XML = 'xml_submission_file'

/** The form's state inside the component, which hands it to its parts and to nobody else. */
interface Root {
  validationState: { violations: readonly unknown[] }
  prepareInstancePayload(options: { payloadType: 'monolithic' }): Promise<Payload>
}

export interface Answered {
  xml: string
  files: FormFile[]
}

export interface OpenForm {
  /** Give the answers so far; null while the form is still being drawn. */
  answers(): Promise<Answered | null>
  /** How many questions are not answered as they must be. */
  faults(): number
  /** Ask for the whole record: it comes to `onDone`, or the faults are shown. */
  finish(): void
}

/** Draw a form in an element, with a draft's answers. */
export function openForm(
  place: Element,
  form: KeptForm,
  draft: FormDraft,
  deviceId: string,
  onDone: (all: Answered) => void,
) {
  const props = {
    // Pictures are made small when the record is saved; the engine would need workers for it that no page allows.
    formXml: form.xml.replace(/\s(?:[\w-]+:)?max-pixels="\d+"/g, ''),
    // A form's pictures and lists are not on the phone: it is shown without them.
    fetchFormAttachment: () => Promise.resolve(new Response('', { status: 404 })),
    missingResourceBehavior: 'BLANK',
    preloadProperties: { deviceID: deviceId },
    ...(draft.xml ? { editInstance: resumed(draft) } : {}),
    onSubmit: (payload: Payload) => void read(payload).then(onDone),
  }
  const app = createApp({ render: () => h(OdkWebForm, props) })
  app.use(webFormsPlugin)
  Object.assign(app.config.globalProperties.$primevue.config.locale, locale)
  const view = app.mount(place)
  const root = () => rootBelow(view.$.subTree)
  const opened: OpenForm = {
    answers: async () => {
      const found = root()
      return found ? read(await found.prepareInstancePayload({ payloadType: 'monolithic' })) : null
    },
    faults: () => root()?.validationState.violations.length ?? 0,
    finish: () => place.querySelector<HTMLButtonElement>('.footer button')?.click(),
  }
  return opened
}

function resumed(draft: FormDraft) {
  const xml = draft.xml as string
  const file = (name: string) => draft.files.find((one) => one.name === name)
  return {
    resolveInstance: () => xml,
    attachmentFileNames: draft.files.map((one) => one.name),
    resolveAttachment: (name: string) => {
      const found = file(name)
      return new Response(found ? new Blob([found.bytes], { type: found.type }) : '', { status: found ? 200 : 404 })
    },
  }
}

async function read(payload: Payload): Promise<Answered> {
  let xml = ''
  const files: FormFile[] = []
  for (const [name, value] of payload.data[0].entries()) {
    if (typeof value === 'string') continue
    if (name === XML) xml = await value.text()
    else files.push({ name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) })
  }
  return { xml, files }
}

/** Find the form's state: the header of the form is given it as a property. */
function rootBelow(node: VNode | null): Root | null {
  if (!node) return null
  const given = (node.props?.form ?? null) as Root | null
  if (given && typeof given.prepareInstancePayload === 'function') return given
  const inside = node.component ? rootBelow(node.component.subTree) : null
  if (inside) return inside
  for (const child of Array.isArray(node.children) ? node.children : []) {
    const found = typeof child === 'object' && child && 'type' in child ? rootBelow(child as VNode) : null
    if (found) return found
  }
  return null
}
