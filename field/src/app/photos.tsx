/** A record's photos: what they show, where each stands, and the way to another. */
import { useEffect, useState } from 'preact/hooks'
import { MOST_PHOTOS, type PhotoRow } from '../outbox/photo_rules'
import { moment } from '../texts'
import { t } from '../texts/behind'
import { to, useModel } from './context'
import { Icon, StateTag } from './parts'
import { shownAs } from './picture'

export function Shown({ bytes, text }: { bytes: Uint8Array<ArrayBuffer>; text: string }) {
  const [address, setAddress] = useState('')
  useEffect(() => void shownAs(bytes).then(setAddress), [bytes])
  return address ? <img class="picture" src={address} alt={text} /> : null
}

/** A record's photos with where each stands, and the way to another. */
export function PhotosOf({ record }: { record: string }) {
  const model = useModel()
  const photos = model.photosOf(record)
  return (
    <section aria-labelledby="photos">
      {photos.length > 0 && <h2 id="photos">{t('photos_title')}</h2>}
      <ul class="photos">
        {photos.map((photo, at) => (
          <li key={photo.id}>
            <Photo photo={photo} text={photo.caption || t('photo_number', { n: at + 1 })} />
          </li>
        ))}
      </ul>
      {photos.length < MOST_PHOTOS && (
        <a class="button-plain" href={to('photo', record)}>
          <Icon name="camera" />
          {t('photo_add')}
        </a>
      )}
    </section>
  )
}

function Photo({ photo, text }: { photo: PhotoRow; text: string }) {
  const model = useModel()
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null)
  const [isSure, setSure] = useState(false)
  useEffect(() => void model.album.bytes(photo).then(setBytes), [photo.id])
  const act = (work: Promise<void>) => work.then(() => model.refresh()).then(() => void model.courier.go())
  const trouble = photo.reason?.message || photo.trouble?.message
  return (
    <>
      {bytes && <Shown bytes={bytes} text={text} />}
      {photo.caption && <p>{photo.caption}</p>}
      <p class="state-line">
        <StateTag state={photo.state} />{' '}
        {photo.state === 'sent' && t('photo_part', { n: Math.round((photo.offset / photo.size) * 100) })}
        {photo.receivedAt && moment(Date.parse(photo.receivedAt))}
        {photo.illustration && <span class="quiet"> {t('photo_illustration')}</span>}
      </p>
      {photo.state !== 'received' && trouble && <p class="why">{trouble}</p>}
      {photo.state === 'received' && <p class="quiet">{t('photo_received')}</p>}
      <p class="actions">
        {photo.state === 'returned' && (
          <button type="button" class="button-plain" onClick={() => act(model.album.sendAgain(photo))}>
            {t('record_again')}
          </button>
        )}
        {photo.state !== 'received' && !isSure && (
          <button type="button" class="button-plain" onClick={() => setSure(true)}>
            {t('photo_drop')}
          </button>
        )}
        {photo.state !== 'received' && isSure && (
          <button type="button" class="button-plain" onClick={() => act(model.album.drop(photo.id))}>
            {t('photo_drop_sure')}
          </button>
        )}
      </p>
    </>
  )
}
