/** A question with large answers; once answered it folds to one line, so that one thumb reaches the next. */
import { useState } from 'preact/hooks'
import type { Answers } from '../outbox/xml'
import type { Day } from '../server'
import { folded, t } from '../texts'
import { serviceOf } from './assist'
import { Icon } from './parts'

interface Option {
  code: string
  name: string
  hint?: string
}

interface Question {
  /** The question that is opened again, if one is. */
  open: string | null
  onOpen: (name: string) => void
  onChange: (change: Partial<Answers>) => void
}

interface ChoicesProps extends Question {
  name: keyof Answers
  label: string
  title: string
  value: string | undefined
  options: Option[]
}

export function Choices({ name, label, title, value, options, open, onOpen, onChange }: ChoicesProps) {
  const chosen = options.find((option) => option.code === value)
  if (chosen && open !== name) return <Answered label={label} text={chosen.name} onOpen={() => onOpen(name)} />
  return (
    <fieldset class="question">
      <legend>{title}</legend>
      <Tiles name={name} value={value} options={options} onChoose={(code) => onChange({ [name]: code })} />
    </fieldset>
  )
}

function Answered({ label, text, onOpen }: { label: string; text: string; onOpen: () => void }) {
  return (
    <div class="answered">
      <p>
        <span class="unseen">{label}: </span>
        <strong>{text}</strong>
      </p>
      <button type="button" class="button-plain" onClick={onOpen}>
        {t('change')}
        <span class="unseen"> {label}</span>
      </button>
    </div>
  )
}

export interface TilesProps {
  name: string
  value: string | undefined
  options: Option[]
  onChoose: (code: string) => void
}

export function Tiles({ name, value, options, onChoose }: TilesProps) {
  return (
    <div class="tiles">
      {options.map(({ code, name: text, hint }) => (
        <button
          key={code}
          type="button"
          class="tile"
          aria-pressed={code === value}
          data-name={name}
          onClick={() => onChoose(code)}
        >
          <Icon name={code === value ? 'circle-check' : 'circle'} />
          <span>
            {text}
            {hint && <span class="quiet">{hint}</span>}
          </span>
        </button>
      ))}
    </div>
  )
}

interface ServicesProps extends Question {
  day: Day
  offered: string[]
  value: string | undefined
}

/** The outing's own services first; all others below, by group, with a search that forgives missing marks. */
export function Services({ day, offered, value, open, onOpen, onChange }: ServicesProps) {
  const [query, setQuery] = useState('')
  const chosen = serviceOf(day, value)
  if (chosen && open !== 'service') {
    return <Answered label={t('q_service')} text={chosen.name} onOpen={() => onOpen('service')} />
  }
  const choose = (code: string) => {
    setQuery('')
    onChange({ service: code })
  }
  const first = day.services.filter(({ code }) => offered.includes(code))
  const rest = day.services.filter(({ code, name }) => !offered.includes(code) && folded(name).includes(folded(query)))
  return (
    <fieldset class="question">
      <legend>{t('q_service_long')}</legend>
      <Tiles name="service" value={value} options={first} onChoose={choose} />
      <details class="fold" open={first.length === 0}>
        <summary>{t('q_more_services')}</summary>
        <label class="unseen" for="find">
          {t('q_find_service')}
        </label>
        <input
          id="find"
          type="search"
          placeholder={t('q_find_service')}
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        {day.groups.map((group) => {
          const options = rest.filter((service) => service.group === group.code)
          if (options.length === 0) return null
          return (
            <div key={group.code}>
              <h3>{group.name}</h3>
              <Tiles name="service" value={value} options={options} onChoose={choose} />
            </div>
          )
        })}
      </details>
    </fieldset>
  )
}
