/** How large and how strong the text is: what every app of ours lets a person choose. */
import { Icon } from './parts'

const SIZES = [100, 125, 150, 200]

interface ViewProps {
  scale: number
  contrast: boolean
  onChange: (change: { scale?: number; contrast?: boolean }) => void
  /** What the two are called. */
  sizeLabel: string
  contrastLabel: string
}

export function View({ scale, contrast, onChange, sizeLabel, contrastLabel }: ViewProps) {
  return (
    <>
      <fieldset class="sizes">
        <legend>{sizeLabel}</legend>
        {SIZES.map((size) => (
          <button key={size} type="button" aria-pressed={size === scale} onClick={() => onChange({ scale: size })}>
            {size} %
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={contrast}
        onClick={() => onChange({ contrast: !contrast })}
      >
        <Icon name={contrast ? 'circle-check' : 'circle'} />
        {contrastLabel}
      </button>
    </>
  )
}

export const megabytes = (bytes: number) =>
  bytes > 1e9 ? `${(bytes / 1e9).toFixed(1).replace('.', ',')} GB` : `${Math.round(bytes / 1e6)} MB`
