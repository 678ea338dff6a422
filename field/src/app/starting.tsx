/** Starts an app of ours: its icons, its model, then its screens, or word that this phone keeps nothing. */
import { type ComponentChild, render } from 'preact'
import icons from '../../../src/raquan/ui/front/src/icons.svg?raw'
import { to } from './context'
import { Empty } from './parts'

export async function startApp(begin: () => Promise<void>, draw: () => ComponentChild, broken: () => [string, string]) {
  const root = document.getElementById('app') as HTMLElement
  document.body.insertAdjacentHTML('beforeend', icons.replace('<svg ', '<svg hidden '))
  try {
    await begin()
  } catch {
    const [title, text] = broken()
    return render(
      <main>
        <Empty title={title} text={text} />
      </main>,
      root,
    )
  }
  if (!location.hash) history.replaceState(null, '', to())
  render(draw(), root)
}
