/** The companion card at a record: scanned or typed in words, never asked for, and what it was shown for today. */
import { useState } from 'preact/hooks'
import { localDay } from '../outbox/clock'
import type { Answers } from '../outbox/xml'
import type { Day } from '../server'
import { moment, t } from '../texts'
import { metOn, nextRung, rungsOf, serviceOf } from './assist'
import { markOf, scanned } from './card_code'
import { useModel } from './context'
import { Icon, Notice } from './parts'

interface CardProps {
  day: Day
  answers: Partial<Answers>
  onChange: (change: Partial<Answers>) => void
}

export function Card({ day, answers, onChange }: CardProps) {
  const [typing, setTyping] = useState(false)
  const [strange, setStrange] = useState(false)
  if (!day.form?.fields.card) return null

  async function take(code: Uint8Array): Promise<void> {
    setTyping(false)
    setStrange(false)
    onChange({ card: await markOf(code) })
  }

  async function look(): Promise<void> {
    setStrange(false)
    const { scan } = await import('./scan')
    const text = await scan({ title: t('card_scan') })
    const code = text === null ? null : scanned(text)
    if (code) await take(code)
    else {
      setStrange(text !== null)
      setTyping(true)
    }
  }

  if (answers.card) {
    return (
      <>
        <div class="answered">
          <p class="card-taken">
            <Icon name="circle-check" />
            <strong>{t('card_taken')}</strong>
          </p>
          <button type="button" class="button-plain" onClick={() => onChange({ card: null })}>
            {t('card_drop')}
          </button>
        </div>
        <Met day={day} mark={answers.card} onChange={onChange} />
      </>
    )
  }
  return (
    <>
      <div class="answered">
        <p class="quiet">{t('card_ask')}</p>
        <button type="button" class="button-plain card-scan" onClick={look}>
          <Icon name="qr-code" />
          {t('card_scan')}
        </button>
      </div>
      {strange && (
        <Notice tone="warning" icon="triangle-alert" title={t('card_not')}>
          <p>{t('card_not_text')}</p>
        </Notice>
      )}
      {typing && <Typed onCode={take} />}
    </>
  )
}

/** What the card was shown for today on this phone, and the rung after it, one touch away. */
function Met({ day, mark, onChange }: { day: Day; mark: string; onChange: CardProps['onChange'] }) {
  const model = useModel()
  const meetings = metOn(model.records, mark, localDay(model.clock.wall()))
  if (meetings.length === 0) return null
  const last = [...new Map(meetings.map((one) => [one.service, one])).values()]
  const what = last.map((one) => {
    const rung = rungsOf(day, serviceOf(day, one.service)?.group).find(({ code }) => code === one.result)
    return `${serviceOf(day, one.service)?.name ?? one.service}, ${rung?.name ?? one.result} (${moment(one.atMs, one.atMs)})`
  })
  return (
    <Notice title={t('card_met', { what: what.join('; ') })}>
      {last.map((one) => {
        const rung = nextRung(day, one.service, one.result)
        const service = serviceOf(day, one.service)
        if (!rung || !service || service.restricted?.rung === rung.code) return null
        return (
          <button
            key={one.service}
            type="button"
            class="button button-wide"
            onClick={() => onChange({ service: one.service, result: rung.code })}
          >
            {t('card_next', { service: service.name, rung: rung.name })}
          </button>
        )
      })}
    </Notice>
  )
}

/** The words of the card, for a phone that cannot scan or a code that is hurt. */
function Typed({ onCode }: { onCode: (code: Uint8Array) => void }) {
  const [text, setText] = useState('')
  const [fault, setFault] = useState('')

  async function use(event: Event): Promise<void> {
    event.preventDefault()
    const { readWords, WORDS } = await import('./card_words')
    const { code, count, unknown } = readWords(text)
    if (code) return onCode(code)
    if (unknown.length > 0) setFault(t('card_words_unknown', { words: unknown.join(', ') }))
    else setFault(count === WORDS ? t('card_words_wrong') : t('card_words_count', { n: count }))
  }

  return (
    <form class="card-words" onSubmit={use} noValidate>
      <label for="card-words">{t('card_words')}</label>
      {fault && (
        <p class="fault" id="card-fault" role="alert">
          {fault}
        </p>
      )}
      <textarea
        id="card-words"
        rows={4}
        autocapitalize="none"
        autocomplete="off"
        spellcheck={false}
        aria-describedby={fault ? 'card-fault' : undefined}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="button">
        {t('card_words_use')}
      </button>
    </form>
  )
}
