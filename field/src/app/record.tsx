/** Recording an assist: service, result, and the touch that says how is the touch that saves. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { isoWithOffset } from '../outbox/clock'
import type { Draft, Row } from '../outbox/rules'
import type { Answers } from '../outbox/xml'
import type { Day, Outing } from '../server'
import { type Key, t } from '../texts'
import { answered, begun, isStuck, newDraft, rungsOf, serviceOf, whole } from './assist'
import { Card } from './card'
import { Choices, Services } from './choices'
import { to, useModel } from './context'
import { Back, Empty, Icon, Notice } from './parts'

const HOW_HINTS: Record<string, Key> = { self: 'how_self', guided: 'how_guided', done_for: 'how_done_for' }

/** Find what is to be recorded: an outing's next person, or a record that is put right. */
export function Record({ place }: { place: string }) {
  const model = useModel()
  const { day, account } = model
  const [draft, setDraft] = useState<Draft | null>(null)
  const [saved, setSaved] = useState<Row | null>(null)
  const code = draft?.answers.outing ?? place
  const outing = day?.outings.find((one) => one.code === code)

  useEffect(() => {
    if (!account || !day) return
    setSaved(null)
    void model.outbox.draft(account.clientId, place).then((kept) => {
      const answers = outing ? begun(day, outing, model.last) : { outing: place }
      setDraft(kept ?? newDraft(account.clientId, place, isoWithOffset(model.clock.wall()), answers))
    })
  }, [account?.clientId, place, day === null])

  if (!day || !account) return <Empty title={t('today_no_day')} text={t('today_no_day_text')} />
  if (!day.form) return <Empty title={t('no_form')} text={t('no_form_text')} />
  if (!draft) return null
  if (!outing && !draft.answers.service) return <Empty title={t('no_outing')} text={t('today_no_day_text')} />
  if (saved) {
    const next = () => {
      const answers = outing ? begun(day, outing, model.last) : {}
      setDraft(newDraft(account.clientId, saved.answers.outing, isoWithOffset(model.clock.wall()), answers))
      setSaved(null)
      window.scrollTo(0, 0)
    }
    return <Saved row={saved} day={day} onNext={next} />
  }
  return <Form draft={draft} day={day} outing={outing} onChange={setDraft} onSaved={setSaved} />
}

interface FormProps {
  draft: Draft
  day: Day
  outing: Outing | undefined
  onChange: (draft: Draft) => void
  onSaved: (row: Row) => void
}

function Form({ draft, day, outing, onChange, onSaved }: FormProps) {
  const model = useModel()
  const [open, setOpen] = useState<string | null>(null)
  const [fault, setFault] = useState('')
  const saving = useRef(false)
  const { answers } = draft
  const service = serviceOf(day, answers.service)
  const isReady = whole(day, { ...answers, how: 'any' }) !== null
  useDirty(answers)

  function change(part: Partial<Answers>): void {
    const next = { ...draft, answers: answered(day, answers, part) }
    onChange(next)
    setOpen(null)
    void model.outbox.keepDraft(next).catch(() => setFault(t('not_saved_full')))
  }

  async function save(how: string): Promise<void> {
    const all = whole(day, { ...answers, how })
    if (!all || saving.current) return
    saving.current = true
    try {
      onSaved(await model.save(draft, all))
      window.scrollTo(0, 0)
    } catch (error) {
      const full = error instanceof DOMException && error.name === 'QuotaExceededError'
      setFault(t(full ? 'not_saved_full' : 'not_saved_text'))
    } finally {
      saving.current = false
    }
  }

  const question = { open, onOpen: setOpen, onChange: change }
  return (
    <>
      <div class="where">
        <Back href={draft.replaces || draft.remakes ? to('records') : to()} isBare />
        <h1>{outing?.site ?? answers.outing}</h1>
      </div>
      <Purpose draft={draft} />
      {fault && (
        <Notice tone="error" icon="triangle-alert" title={t('not_saved')}>
          <p>{fault}</p>
          <a class="button-plain" href={to('relay')}>
            {t('relay_save')}
          </a>
        </Notice>
      )}
      <Card day={day} answers={answers} onChange={change} />
      <Services {...question} day={day} offered={outing?.services ?? []} value={answers.service} />
      {service && (
        <Choices
          {...question}
          name="result"
          label={t('q_result')}
          title={t('q_result_long')}
          value={answers.result}
          options={rungsOf(day, answers.group).map(({ code, name }) => {
            const { restricted } = service
            const hint = restricted?.rung === code ? t('restricted', { performer: restricted.performer }) : ''
            return { code, name, hint }
          })}
        />
      )}
      {isStuck(day, answers) && (
        <Choices
          {...question}
          name="bottleneck"
          label={t('q_bottleneck')}
          title={t('q_bottleneck_long')}
          value={answers.bottleneck ?? undefined}
          options={day.bottlenecks}
        />
      )}
      <Choices
        {...question}
        name="language"
        label={t('q_language')}
        title={t('q_language_long')}
        value={answers.language}
        options={day.languages}
      />
      <section class="how" aria-labelledby="how-title">
        <div class="how-ask">
          <h2 id="how-title">{t('q_how_long')}</h2>
          <p class="hint">{t(isReady ? 'q_how_hint' : 'q_how_wait')}</p>
        </div>
        {day.how.map(({ code, name }) => (
          <button key={code} type="button" class="how-button" disabled={!isReady} onClick={() => save(code)}>
            <strong>{name}</strong>
            {HOW_HINTS[code] && <span>{t(HOW_HINTS[code])}</span>}
          </button>
        ))}
      </section>
      {service && day.guides.some((guide) => guide.service === service.code) && (
        <a class="button-plain" href={to('guide', service.code)}>
          <Icon name="info" />
          {t('guide_open')}
        </a>
      )}
      <Drop draft={draft} />
    </>
  )
}

/** A correction that was begun by mistake can be dropped; the record itself stays as it is. */
function Drop({ draft }: { draft: Draft }) {
  const model = useModel()
  if (!draft.replaces && !draft.remakes) return null
  async function drop(): Promise<void> {
    await model.outbox.dropDraft(draft.owner, draft.place)
    await model.refresh()
    location.hash = to('records')
  }
  return (
    <button type="button" class="button-plain" onClick={drop}>
      {t('drop_draft')}
    </button>
  )
}

/** Hold an update back while answers stand here that are no record yet. */
function useDirty(answers: Partial<Answers>): void {
  const model = useModel()
  useEffect(() => {
    model.dirty = answers.service !== undefined
    return () => {
      model.dirty = false
    }
  }, [model, answers.service])
}

function Purpose({ draft }: { draft: Draft }) {
  const { records } = useModel()
  if (draft.replaces) return <Notice icon="pencil" title={t('correcting')} />
  if (!draft.remakes) return null
  const message = records.find((row) => row.id === draft.remakes)?.reason?.message ?? ''
  return <Notice tone="warning" icon="triangle-alert" title={t('remaking', { message })} />
}

function Saved({ row, day, onNext }: { row: Row; day: Day; onNext: () => void }) {
  const model = useModel()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { answers } = row
  const count = model.records.filter((one) => one.answers.outing === answers.outing && !one.replaces).length
  const rung = rungsOf(day, answers.group).find((one) => one.code === answers.result)
  const how = day.how.find((one) => one.code === answers.how)

  async function fix(): Promise<void> {
    await putRight(model, row)
    location.hash = to('record', `fix:${row.id}`)
  }

  return (
    <div class="saved">
      <div class="saved-sign">
        <Icon name="circle-check" />
      </div>
      <h1 tabIndex={-1} ref={heading}>
        {t('saved_title')}
      </h1>
      <p class="saved-what">
        {[serviceOf(day, answers.service)?.name, rung?.name, how?.name].filter(Boolean).join(' · ')}
      </p>
      <p class="quiet">{t('saved_count', { n: count })}</p>
      <button type="button" class="button button-wide button-tall" onClick={onNext}>
        <strong>{t('saved_next')}</strong>
        <span>{t('saved_next_hint')}</span>
      </button>
      <div class="saved-more">
        <a class="button-plain" href={to('photo', row.id)}>
          <Icon name="camera" />
          {t('photo_add')}
        </a>
        <button type="button" class="button-plain" onClick={fix}>
          {t('saved_fix')}
        </button>
        <a class="button-plain" href={to()}>
          {t('saved_home')}
        </a>
      </div>
    </div>
  )
}

/** Begin to put a record right: what the server has is corrected, what it returned is made anew. */
export async function putRight(model: ReturnType<typeof useModel>, row: Row): Promise<void> {
  const place = `fix:${row.id}`
  if (await model.outbox.draft(row.owner, place)) return
  const draft = newDraft(row.owner, place, isoWithOffset(model.clock.wall()), { ...row.answers })
  const link = row.state === 'returned' ? { remakes: row.id } : { replaces: row.id }
  await model.outbox.keepDraft({ ...draft, ...link })
  await model.refresh()
}
