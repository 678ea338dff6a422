/** A screen that is read from its own file when it is first shown; the worker keeps that file like all others. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../texts'
import { Empty } from './parts'

type Load = () => Promise<{ default: ComponentType }>

export function Lazy({ load }: { load: Load }) {
  const [screen, setScreen] = useState<{ Screen: ComponentType } | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    load().then(
      (module) => setScreen({ Screen: module.default }),
      () => setFailed(true),
    )
  }, [load])
  if (failed) return <Empty title={t('not_loaded')} text={t('not_loaded_text')} />
  return screen && <screen.Screen />
}
