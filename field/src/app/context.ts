/** Hands the model to the screens, and the screens to the address. */
import { createContext } from 'preact'
import { useContext, useEffect, useReducer } from 'preact/hooks'
import type { Model } from './model'

export const ModelContext = createContext<Model | null>(null)

/** Give the model; the screen is drawn again whenever it changes. */
export function useModel(): Model {
  const model = useContext(ModelContext)
  if (!model) throw new Error('no model above this screen')
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  useEffect(() => model.subscribe(() => redraw(undefined)), [model])
  return model
}

/** The address after the hash, as its parts: #/record/CMG-7K2Q is ['record', 'CMG-7K2Q']. */
export function usePath(): string[] {
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    const changed = () => {
      redraw(undefined)
      window.scrollTo(0, 0)
    }
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, [])
  return location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent)
}

export const to = (...parts: string[]) => `#/${parts.map(encodeURIComponent).join('/')}`

/** The page of other forms is one of its own: what its engine needs, no other page is allowed. */
export const toForm = (...parts: string[]) => `/field/form/${to(...parts)}`
