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

interface Question {
  setValue(value: string): void
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
  /** Whether a question takes a code that a camera may read. */
  asksCode(): boolean
  /** Answer the first question that takes a code. */
  fill(code: string): void
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
    asksCode: () => codeBelow(view.$.subTree) !== null,
    fill: (code) => codeBelow(view.$.subTree)?.setValue(code),
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
const rootBelow = (node: VNode | null) =>
  below(node, ({ form }) => (typeof form?.prepareInstancePayload === 'function' ? (form as Root) : null))

/** Find the first question that takes a code: its field is given it as a property. */
const codeBelow = (node: VNode | null) =>
  below(node, ({ node: asked }) => (asked?.valueType === 'barcode' ? (asked as Question) : null))

/** Look through what is drawn for what `read` knows by its properties. */
function below<T>(node: VNode | null, read: (props: NonNullable<VNode['props']>) => T | null): T | null {
  if (!node) return null
  const inside = read(node.props ?? {}) ?? (node.component ? below(node.component.subTree, read) : null)
  if (inside) return inside
  for (const child of Array.isArray(node.children) ? node.children : []) {
    const found = typeof child === 'object' && child && 'type' in child ? below(child as VNode, read) : null
    if (found) return found
  }
  return null
}
