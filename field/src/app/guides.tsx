/** The guides of the services, readable without a network. */
import { useState } from 'preact/hooks'
import { folded, t } from '../texts'
import { to, useModel } from './context'
import { Back, Empty, Icon } from './parts'

export function Guides() {
  const { day } = useModel()
  const [query, setQuery] = useState('')
  const guides = day?.guides ?? []
  const found = guides.filter((guide) => folded(guide.title).includes(folded(query)))
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
      {guides.length > 0 && found.length === 0 && <p>{t('guides_nothing')}</p>}
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

export function OneGuide({ service }: { service: string }) {
  const { day } = useModel()
  const guide = day?.guides.find((one) => one.service === service)
  if (!guide) return <Empty title={t('not_found')} text="" />
  return (
    <>
      <Back href={to('guides')} />
      <h1>{guide.title}</h1>
      {guide.bring.length > 0 && (
        <section>
          <h2>{t('guide_bring')}</h2>
          <ul class="list">
            {guide.bring.map((thing) => (
              <li key={thing}>{thing}</li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{t('guide_steps')}</h2>
        <ol class="list">
          {guide.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
      {guide.address && (
        <section>
          <h2>{t('guide_address')}</h2>
          <p>
            {/^https?:/.test(guide.address) ? (
              <a href={guide.address} rel="noreferrer">
                {guide.address}
              </a>
            ) : (
              guide.address
            )}
          </p>
        </section>
      )}
    </>
  )
}
