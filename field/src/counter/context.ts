/** Hands the counter's model to its screens. */
import { createContext } from 'preact'
import { useContext, useEffect, useReducer } from 'preact/hooks'
import type { Model } from './model'
import type { Book } from './till'

export const ModelContext = createContext<Model | null>(null)

/** Give the model; the screen is drawn again whenever it changes. */
export function useModel(): Model & { book: Book } {
  const model = useContext(ModelContext)
  if (!model?.book) throw new Error('no model above this screen')
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  useEffect(() => model.subscribe(() => redraw(undefined)), [model])
  return model as Model & { book: Book }
}
