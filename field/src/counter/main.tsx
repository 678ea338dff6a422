/** Starts the counter: opens its disk, draws the screen that the address names. */
import { usePath } from '../app/context'
import { startApp } from '../app/starting'
import '../style/base.css'
import '../style/shell.css'
import '../style/parts.css'
import '../style/screens.css'
import './counter.css'
import { Check } from './check'
import { ModelContext, useModel } from './context'
import { Enroll } from './enroll'
import { Home } from './home'
import { Model } from './model'
import { Settings } from './settings'
import { Shell } from './shell'
import { t } from './texts'
import { Today } from './today'
import { Type } from './type'

function Screen({ page, rest }: { page: string; rest: string | undefined }) {
  const { book } = useModel()
  if (!book.account) return <Enroll given={page === 'enroll' ? rest : undefined} />
  if (page === 'check') return <Check />
  if (page === 'type') return <Type />
  if (page === 'today') return <Today />
  if (page === 'settings') return <Settings />
  return <Home />
}

function App() {
  const [page = '', rest] = usePath()
  return (
    <Shell here={page === 'today' || page === 'settings' ? page : ''}>
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
  () => [t('c_broken_title'), t('c_broken_text')],
)
