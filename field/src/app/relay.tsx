/** Records by file: a copy to keep, a bundle for a teammate's phone, and what is carried for others. */
import { useEffect, useState } from 'preact/hooks'
import { type AnswerFile, type Bundle, makeBundles, readFile, takeAnswer } from '../outbox/bundle'
import { type Carried, carried, carry, putDown } from '../outbox/carrier'
import { moment } from '../texts'
import { t } from '../texts/behind'
import { to, useModel } from './context'
import { APP, type Model } from './model'
import { Back, Icon, Notice } from './parts'

interface Said {
  tone: 'good' | 'warning' | 'error'
  text: string
}

const SIGNS = { good: 'circle-check', warning: 'info', error: 'triangle-alert' }

/** Messengers and share sheets take text files everywhere; of other kinds browsers share few. */
function textFile(name: string, said: Bundle | AnswerFile): File {
  return new File([JSON.stringify(said)], `${name}.txt`, { type: 'text/plain' })
}

const canShare = () => navigator.canShare?.({ files: [new File(['a'], 'a.txt', { type: 'text/plain' })] }) ?? false

function download(file: File): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Hand files over by the share sheet, or save them where there is none; false when the person thought better of it. */
async function hand(files: File[]): Promise<boolean> {
  if (!canShare()) {
    for (const file of files) download(file)
    return true
  }
  return navigator.share({ files }).then(
    () => true,
    () => false,
  )
}

const bundleName = ({ client_id, first, last }: Bundle) => `ra-quan-goi-${client_id.slice(0, 8)}-${first}-${last}`
const answerName = ({ client_id, bundle }: AnswerFile) =>
  `ra-quan-bien-nhan-${client_id.slice(0, 8)}-${bundle.slice(0, 6)}`

export default function Relay() {
  const model = useModel()
  const [said, setSaid] = useState<Said | null>(null)
  const [all, setAll] = useState<Carried[]>([])
  const again = () => carried(model.outbox).then(setAll)
  useEffect(() => {
    void again()
    return model.subscribe(() => void again())
  }, [model])
  return (
    <>
      <Back href={to('phone')} />
      <h1>{t('relay_title')}</h1>
      <p class="lead">{t('relay_lead')}</p>
      <div role="status">{said && <Notice tone={said.tone} icon={SIGNS[said.tone]} title={said.text} />}</div>
      <Give onSaid={setSaid} />
      <Take onSaid={setSaid} onTaken={again} />
      <Carrying all={all} onChange={again} />
    </>
  )
}

function Give({ onSaid }: { onSaid: (said: Said) => void }) {
  const model = useModel()
  const { account, counts, locked } = model
  const hindrance = locked
    ? t('relay_locked')
    : counts.unsent === 0
      ? t('relay_nothing')
      : account?.bundleKey
        ? ''
        : t('relay_no_key')
  async function make(give: (files: File[]) => Promise<boolean> | boolean): Promise<void> {
    if (!account) return
    try {
      const bundles = await makeBundles(model.outbox, account, APP)
      const isGiven = await give(bundles.map((bundle) => textFile(bundleName(bundle), bundle)))
      if (isGiven)
        onSaid({ tone: 'good', text: t('relay_made', { n: bundles.reduce((sum, one) => sum + one.count, 0) }) })
    } catch {
      onSaid({ tone: 'error', text: t('relay_not_made') })
    }
  }
  const save = (files: File[]) => {
    for (const file of files) download(file)
    return true
  }
  return (
    <section>
      <h2>{t('relay_give')}</h2>
      <p>{hindrance || t('relay_give_text', { n: counts.unsent })}</p>
      {!hindrance && (
        <>
          <button type="button" class="button button-wide" onClick={() => make(save)}>
            <Icon name="download" />
            {t('relay_save')}
          </button>
          {canShare() && (
            <button type="button" class="button button-wide" onClick={() => make(hand)}>
              <Icon name="users" />
              {t('relay_share')}
            </button>
          )}
        </>
      )}
    </section>
  )
}

interface TakeProps {
  onSaid: (said: Said) => void
  onTaken: () => void
}

function Take({ onSaid, onTaken }: TakeProps) {
  const model = useModel()
  async function take(event: Event): Promise<void> {
    const input = event.currentTarget as HTMLInputElement
    for (const file of input.files ?? []) onSaid(await takeText(model, await file.text()))
    input.value = ''
    onTaken()
  }
  return (
    <section>
      <h2>{t('relay_take')}</h2>
      <p id="take-hint">{t('relay_take_text')}</p>
      <label class="button button-wide file">
        <Icon name="plus" />
        {t('relay_choose')}
        <input
          class="unseen"
          type="file"
          accept=".txt,text/plain"
          multiple
          aria-describedby="take-hint"
          onChange={take}
        />
      </label>
    </section>
  )
}

/** Take a file over that somebody handed to this phone: a bundle to deliver, or the answer to one of its own. */
export async function takeText(model: Model, text: string): Promise<Said> {
  const file = await readFile(text)
  if (!file) return { tone: 'error', text: t('relay_unreadable') }
  if (file.raquan === 'bundle') {
    await carry(model.outbox, file)
    void model.courier.go()
    return { tone: 'good', text: t('relay_taken', { n: file.count }) }
  }
  const taken = await takeAnswer(model.outbox, file)
  await model.refresh()
  if (taken === 'elsewhere') return { tone: 'error', text: t('relay_elsewhere') }
  if (taken === 'false') return { tone: 'error', text: t('relay_false') }
  const text_ = t(taken.refused ? 'relay_settled_some' : 'relay_settled', { n: taken.settled, refused: taken.refused })
  return { tone: taken.refused ? 'warning' : 'good', text: text_ }
}

function Carrying({ all, onChange }: { all: Carried[]; onChange: () => void }) {
  const model = useModel()
  if (all.length === 0) return null
  async function drop(id: string): Promise<void> {
    await putDown(model.outbox, id)
    onChange()
  }
  async function retry({ bundle }: Carried): Promise<void> {
    await carry(model.outbox, bundle)
    await model.courier.go()
    onChange()
  }
  return (
    <section>
      <h2>{t('relay_carrying')}</h2>
      <ul class="people">
        {all.map((one) => (
          <li key={one.id}>
            <p>
              <strong>{t('relay_bundle', { n: one.bundle.count })}</strong> <State one={one} />
            </p>
            <p class="quiet">{t('relay_since', { time: moment(one.takenMs) })}</p>
            {one.state === 'refused' && <p class="why">{one.reason?.message || one.reason?.code}</p>}
            {one.answer && <HandBack answer={one.answer} />}
            {one.state === 'refused' && (
              <button type="button" class="button-plain" onClick={() => retry(one)}>
                {t('relay_retry')}
              </button>
            )}
            {one.state !== 'waiting' && (
              <button type="button" class="button-plain" onClick={() => drop(one.id)}>
                {t('relay_drop')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function State({ one }: { one: Carried }) {
  if (one.state === 'waiting') return <span class="tag tag-waiting">{t('relay_waiting')}</span>
  const isGood = one.state === 'delivered'
  return (
    <span class={`tag tag-${isGood ? 'good' : 'bad'}`}>
      <Icon name={isGood ? 'circle-check' : 'triangle-alert'} />
      {t(isGood ? 'relay_delivered' : 'relay_refused')}
    </span>
  )
}

function HandBack({ answer }: { answer: AnswerFile }) {
  return (
    <button type="button" class="button" onClick={() => hand([textFile(answerName(answer), answer)])}>
      <Icon name="arrow-right" />
      {t('relay_hand_back')}
    </button>
  )
}
