/** Who records on this phone: whose turn it is, who else may take it over, and whose records are locked. */
import { t, day as written } from '../texts'
import { to, useModel } from './context'
import { Icon } from './parts'

/** The others who record on this phone, each one touch away, and the way to add one more. */
export function Others() {
  const model = useModel()
  const others = model.accounts.filter(({ clientId }) => clientId !== model.account?.clientId)
  return (
    <p class="who-others">
      {others.map((account) => (
        <button
          key={account.clientId}
          type="button"
          class="button-plain"
          onClick={() => model.switchTo(account.clientId)}
        >
          <Icon name={model.isOpen(account) ? 'user' : 'lock'} />
          {t('people_switch', { name: account.person.name })}
        </button>
      ))}
      <a class="button-plain" href={to('sign-in')}>
        <Icon name="plus" />
        {t(others.length ? 'people_add_short' : 'people_add')}
      </a>
    </p>
  )
}

/** Whose turn it is, large enough to be seen before somebody else records under that name. */
export function Who() {
  const { account } = useModel()
  if (!account) return null
  return (
    <section class="who" aria-label={t('people_current')}>
      <p class="who-name">
        <Icon name="user" />
        {account.person.name}
      </p>
      <Others />
    </section>
  )
}

export function People() {
  const model = useModel()
  return (
    <section>
      <h2>{t('people_title')}</h2>
      <ul class="people">
        {model.accounts.map((account) => {
          const { clientId, person, device, validUntil } = account
          const isCurrent = clientId === model.account?.clientId
          const unsent = model.unsentOf.get(clientId) ?? 0
          return (
            <li key={clientId}>
              <p>
                <strong>{person.name}</strong>
                {isCurrent && <span class="tag tag-good">{t('people_current')}</span>}
                {!model.isOpen(account) && (
                  <span class="tag tag-quiet">
                    <Icon name="lock" />
                    {t('people_locked')}
                  </span>
                )}
                {unsent > 0 && <span class="tag tag-waiting">{t('people_unsent', { n: unsent })}</span>}
              </p>
              <p class="quiet">
                {[t('people_device', { number: device.number }), device.label].filter(Boolean).join(' · ')}
              </p>
              <p class="quiet">{t('people_until', { date: written(validUntil) })}</p>
              {!isCurrent && (
                <button type="button" class="button-plain" onClick={() => model.switchTo(clientId)}>
                  {t('people_switch', { name: person.name })}
                </button>
              )}
              {account.lock && model.isOpen(account) && (
                <button type="button" class="button-plain" onClick={() => model.lock(clientId)}>
                  <Icon name="lock" />
                  {t('people_lock', { name: person.name })}
                </button>
              )}
              {!account.lock && isCurrent && (
                <a class="button-plain" href={to('protect')}>
                  {t('protect_title')}
                </a>
              )}
            </li>
          )
        })}
      </ul>
      <a class="button-plain" href={to('sign-in')}>
        {t('people_add')}
      </a>
      <p class="quiet">{t('people_hours')}</p>
      <p class="quiet">{t('people_keep')}</p>
    </section>
  )
}
