/** Adding a photo to a record: first whether the people in it agree, then the picture. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Consent, MOST_PHOTOS } from '../outbox/photo_rules'
import { type Key, t } from '../texts/behind'
import { Tiles } from './choices'
import { to, useModel, usePath } from './context'
import { Back, Empty, Icon, Notice } from './parts'
import { Shown } from './photos'
import { redrawn } from './picture'

/** What is answered before the camera opens; kept beside the page, which a small phone ends when the camera opens. */
interface Asked {
  who: Consent | 'refused' | ''
  agreedBy: string[]
  illustration: boolean
}

const NOTHING: Asked = { who: '', agreedBy: [], illustration: false }
const AGREEING: { code: string; text: Key }[] = [
  { code: 'beneficiary', text: 'photo_by_beneficiary' },
  { code: 'guardian', text: 'photo_by_guardian' },
  { code: 'team', text: 'photo_by_team' },
]

function useAsked(record: string): [Asked, (change: Partial<Asked>) => void] {
  const name = `photo:${record}`
  const [asked, setAsked] = useState<Asked>(() => ({ ...NOTHING, ...JSON.parse(sessionStorage.getItem(name) ?? '{}') }))
  const change = (part: Partial<Asked>) => {
    const next = { ...asked, ...part }
    sessionStorage.setItem(name, JSON.stringify(next))
    setAsked(next)
  }
  return [asked, change]
}

export default function AddPhoto() {
  const [, record = ''] = usePath()
  const model = useModel()
  const [asked, change] = useAsked(record)
  const [picture, setPicture] = useState<Uint8Array<ArrayBuffer> | null>(null)
  const [fault, setFault] = useState<Key | null>(null)
  const row = model.records.find((one) => one.id === record)
  if (!row) return <Empty title={t('not_found')} text="" />
  const isFull = model.photosOf(record).length >= MOST_PHOTOS
  const isAsked = asked.who === 'nobody' || (asked.who === 'agreed' && asked.agreedBy.length > 0)

  async function take(file: File | undefined): Promise<void> {
    if (!file) return
    setFault(null)
    await redrawn(file).then(setPicture, () => setFault('photo_unreadable'))
  }

  return (
    <>
      <Back href={to('one', record)} />
      <h1>{t('photo_add')}</h1>
      {fault && <Notice tone="error" icon="triangle-alert" title={t(fault)} />}
      {isFull ? (
        <Notice tone="warning" icon="info" title={t('photo_full', { n: MOST_PHOTOS })} />
      ) : picture ? (
        <Keep record={record} asked={asked} picture={picture} onAgain={() => setPicture(null)} />
      ) : (
        <>
          <Notice tone="warning" icon="triangle-alert" title={t('photo_never')}>
            <p>{t('photo_never_text')}</p>
          </Notice>
          <Questions asked={asked} onChange={change} />
          {isAsked && <Sources onTake={take} />}
        </>
      )}
    </>
  )
}

function Questions({ asked, onChange }: { asked: Asked; onChange: (change: Partial<Asked>) => void }) {
  const { who, agreedBy, illustration } = asked
  const switched = (code: string) =>
    agreedBy.includes(code) ? agreedBy.filter((one) => one !== code) : [...agreedBy, code]
  return (
    <>
      <fieldset class="question">
        <legend>{t('photo_who')}</legend>
        <Tiles
          name="who"
          value={who}
          options={[
            { code: 'nobody', name: t('photo_nobody'), hint: t('photo_nobody_hint') },
            { code: 'agreed', name: t('photo_agreed'), hint: t('photo_agreed_hint') },
            { code: 'refused', name: t('photo_refused') },
          ]}
          onChoose={(code) => onChange({ who: code as Asked['who'], agreedBy: [] })}
        />
      </fieldset>
      {who === 'refused' && (
        <Notice icon="info" title={t('photo_refused_title')}>
          <p>{t('photo_refused_text')}</p>
        </Notice>
      )}
      {who === 'agreed' && (
        <fieldset class="question">
          <legend>{t('photo_by')}</legend>
          <p class="hint">{t('photo_by_hint')}</p>
          {AGREEING.map(({ code, text }) => (
            <Tick key={code} isOn={agreedBy.includes(code)} onTurn={() => onChange({ agreedBy: switched(code) })}>
              {t(text)}
            </Tick>
          ))}
        </fieldset>
      )}
      {(who === 'nobody' || who === 'agreed') && (
        <Tick isOn={illustration} onTurn={() => onChange({ illustration: !illustration })}>
          {t('photo_illustration')}
          <span class="quiet">{t('photo_illustration_hint')}</span>
        </Tick>
      )}
    </>
  )
}

function Tick({ isOn, onTurn, children }: { isOn: boolean; onTurn: () => void; children: preact.ComponentChildren }) {
  return (
    <label class="tick">
      <input type="checkbox" checked={isOn} onChange={onTurn} />
      <span>{children}</span>
    </label>
  )
}

function Sources({ onTake }: { onTake: (file: File | undefined) => void }) {
  const source = (capture: 'environment' | undefined, text: Key, look: string) => (
    <label class={`button button-wide ${look}`}>
      <input
        class="unseen"
        type="file"
        accept="image/*"
        {...(capture ? { capture } : {})}
        onChange={(event) => {
          onTake(event.currentTarget.files?.[0])
          event.currentTarget.value = '' // the same file may be chosen again
        }}
      />
      {capture && <Icon name="camera" />}
      {t(text)}
    </label>
  )
  return (
    <div class="sources">
      {source('environment', 'photo_take', '')}
      {source(undefined, 'photo_choose', 'button-second')}
      <p class="hint">{t('photo_small_hint')}</p>
    </div>
  )
}

interface KeepProps {
  record: string
  asked: Asked
  picture: Uint8Array<ArrayBuffer>
  onAgain: () => void
}

/** The picture as it will be kept: a last look, a line of words, and the touch that saves. */
function Keep({ record, asked, picture, onAgain }: KeepProps) {
  const model = useModel()
  const [caption, setCaption] = useState('')
  const [fault, setFault] = useState('')
  const saving = useRef(false)
  useEffect(() => {
    model.dirty = true
    return () => {
      model.dirty = false
    }
  }, [model])

  async function keep(): Promise<void> {
    if (saving.current) return
    saving.current = true
    const { agreedBy, illustration } = asked
    const said = { consent: asked.who as Consent, agreedBy, illustration, caption: caption.trim() }
    try {
      await model.addPhoto(record, picture, said)
      sessionStorage.removeItem(`photo:${record}`)
      location.hash = to('one', record)
    } catch (error) {
      const full = error instanceof DOMException && error.name === 'QuotaExceededError'
      setFault(t(full ? 'photo_disk_full' : 'photo_not_saved'))
    } finally {
      saving.current = false
    }
  }

  return (
    <>
      {fault && <Notice tone="error" icon="triangle-alert" title={fault} />}
      <Shown bytes={picture} text={t('photo_preview')} />
      <p class="hint">{t('photo_look')}</p>
      <label for="caption">{t('photo_caption')}</label>
      <p class="hint" id="caption-hint">
        {t('photo_caption_hint')}
      </p>
      <input
        id="caption"
        value={caption}
        maxLength={200}
        aria-describedby="caption-hint"
        onInput={(event) => setCaption(event.currentTarget.value)}
      />
      <button type="button" class="button button-wide" onClick={keep}>
        {t('photo_save')}
      </button>
      <button type="button" class="button-plain" onClick={onAgain}>
        {t('photo_again')}
      </button>
    </>
  )
}
