/** The guides of the services, readable without a network. */
import { useState } from 'preact/hooks'
import type { Guide } from '../server'
import { folded, day as written } from '../texts'
import { t } from '../texts/behind'
import { to, useModel, usePath } from './context'
import { Back, Empty, Icon, Notice } from './parts'

const OLD_DAYS = 365

/** Everything that a guide says, folded: a person may look for "giay chung sinh" as well as for the service. */
const searched = (guide: Guide) => folded([guide.title, ...guide.bring, ...guide.steps, guide.note ?? ''].join(' '))

export default function Screens() {
  const [page, service] = usePath()
  return page === 'guide' && service ? <OneGuide service={service} /> : <Guides />
}

function Guides() {
  const { day } = useModel()
  const [query, setQuery] = useState('')
  const guides = day?.guides ?? []
  const words = folded(query).split(/\s+/)
  const found = guides
    .filter((guide) => words.every((word) => searched(guide).includes(word)))
    .sort((a, b) => Number(folded(b.title).includes(folded(query))) - Number(folded(a.title).includes(folded(query))))
  return (
    <>
      <h1>{t('guides_title')}</h1>
      <p class="lead">{t('guides_lead')}</p>
      {guides.length === 0 && <Empty title={t('guides_none')} text={t('today_no_day_text')} />}
      {guides.length > 8 && (
        <>
          <label for="find">{t('guides_find')}</label>
          <input id="find" type="search" value={query} onInput={(event) => setQuery(event.currentTarget.value)} />
        </>
      )}
      {guides.length > 0 && found.length === 0 && <p role="status">{t('guides_nothing')}</p>}
      <ul class="rows">
        {found.map((guide) => (
          <li key={guide.service}>
            <a class="row-link" href={to('guide', guide.service)}>
              <strong>{guide.title}</strong>
              <Icon name="chevron-right" />
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

function OneGuide({ service }: { service: string }) {
  const { day } = useModel()
  const guide = day?.guides.find((one) => one.service === service)
  if (!guide) return <Empty title={t('not_found')} text="" />
  return (
    <article>
      <Back href={to('guides')} />
      <h1>{guide.title}</h1>
      {guide.note && <Notice tone="warning" title={guide.note} />}
      <Part title={t('guide_bring')} lines={guide.bring} />
      <Part title={t('guide_steps')} lines={guide.steps} isOrdered />
      {guide.cost && <Part title={t('guide_cost')} lines={[guide.cost]} />}
      {guide.address && (
        <section>
          <h2>{t('guide_address')}</h2>
          <p>
            {/^https:\S+$/.test(guide.address) ? (
              <a href={guide.address} target="_blank" rel="noreferrer">
                {guide.address}
              </a>
            ) : (
              guide.address
            )}
          </p>
        </section>
      )}
      <Checked on={guide.checked_on ?? null} />
    </article>
  )
}

function Part({ title, lines, isOrdered = false }: { title: string; lines: string[]; isOrdered?: boolean }) {
  if (lines.length === 0) return null
  const items = lines.map((line) => <li key={line}>{line}</li>)
  return (
    <section>
      <h2>{title}</h2>
      {isOrdered ? (
        <ol class="list steps">{items}</ol>
      ) : lines.length > 1 ? (
        <ul class="list">{items}</ul>
      ) : (
        <p>{lines[0]}</p>
      )}
    </section>
  )
}

/** Say how far the guide can be believed: what an office once looked at may have changed since. */
function Checked({ on }: { on: string | null }) {
  const model = useModel()
  if (!on) return <p class="quiet">{t('guide_unchecked')}</p>
  const age = (Date.parse(model.today()) - Date.parse(on)) / 86_400_000
  return <p class="quiet">{t(age > OLD_DAYS ? 'guide_checked_long_ago' : 'guide_checked', { date: written(on) })}</p>
}
