/** Starts the app: opens the phone's database, draws the screen that the address names. */
import { ModelContext, useModel, usePath } from './app/context'
import { Lazy } from './app/lazy'
import { Model } from './app/model'
import { Record } from './app/record'
import { Shell } from './app/shell'
import { SignIn } from './app/sign_in'
import { startApp } from './app/starting'
import { Today } from './app/today'
import './style/base.css'
import './style/shell.css'
import './style/parts.css'
import './style/screens.css'
import './style/photos.css'
import { t } from './texts'

const loadGuides = () => import('./app/guides')
const loadPhone = () => import('./app/phone')
const loadRecords = () => import('./app/records')
const loadPhoto = () => import('./app/photo')
const loadRelay = () => import('./app/relay')
const loadUnlock = () => import('./app/unlock')

function Screen({ page, rest }: { page: string; rest: string | undefined }) {
  const { account, locked } = useModel()
  if (!account || page === 'sign-in') return <SignIn given={rest} />
  if (page === 'phone') return <Lazy key="phone" load={loadPhone} />
  if (page === 'relay') return <Lazy key="relay" load={loadRelay} />
  if (page === 'guides' || page === 'guide') return <Lazy key="guides" load={loadGuides} />
  if (locked || page === 'protect') return <Lazy key={account.clientId} load={loadUnlock} />
  if (page === 'record' && rest) return <Record key={rest} place={rest} />
  if (page === 'records' || page === 'one') return <Lazy key="records" load={loadRecords} />
  if (page === 'photo' && rest) return <Lazy key={rest} load={loadPhoto} />
  return <Today />
}

/** Which of the four pages a screen belongs to. */
const HOME: { [page: string]: string } = {
  record: '',
  one: 'records',
  photo: 'records',
  guide: 'guides',
  'sign-in': 'phone',
  protect: 'phone',
  relay: 'phone',
}

function App() {
  const [page = '', rest] = usePath()
  return (
    <Shell here={HOME[page] ?? page}>
      <Screen page={page} rest={rest} />
    </Shell>
  )
}

const model = new Model()

void startApp(
  () => model.start(),
  () => (
    <ModelContext.Provider value={model}>
      <App />
    </ModelContext.Provider>
  ),
  () => [t('broken_title'), t('broken_text')],
)
