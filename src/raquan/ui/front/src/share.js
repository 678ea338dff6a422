// Sends a page on, as its address or as its picture, by what the phone has: Zalo, a message, Bluetooth.
export function wake () {
  for (const box of document.querySelectorAll('[data-share]')) watch(box)
}

function watch (box) {
  const state = box.querySelector('[role=status]')
  const link = box.querySelector('[data-share-link]')
  const image = box.querySelector('[data-share-image]')
  const { share: url, shareTitle: title } = box.dataset
  link.addEventListener('click', () => sendLink({ title, url }, box.dataset, state))
  link.hidden = !(navigator.share || navigator.clipboard)
  if (!canSendFiles()) return
  let file
  image.hidden = false
  box.querySelector('[data-share-save]').hidden = true
  image.addEventListener('click', async () => {
    try {
      file ??= await fetched(box.dataset)
      await navigator.share({ files: [file], title })
      state.textContent = ''
    } catch (error) {
      // A slow line outlasts the tap: the picture is here now, the browser wants another tap.
      state.textContent = error.name === 'AbortError' ? '' : error.name === 'NotAllowedError' ? box.dataset.again : box.dataset.failed
    }
  })
}

async function sendLink (what, said, state) {
  try {
    if (navigator.share) await navigator.share(what)
    else {
      await navigator.clipboard.writeText(what.url)
      state.textContent = said.copied
    }
  } catch (error) {
    if (error.name !== 'AbortError') state.textContent = said.failed
  }
}

async function fetched ({ sharePicture, shareName }) {
  const answer = await fetch(sharePicture)
  if (!answer.ok) throw new Error(String(answer.status))
  return new File([await answer.blob()], shareName, { type: 'image/png' })
}

function canSendFiles () {
  return Boolean(navigator.canShare?.({ files: [new File([''], 'a.png', { type: 'image/png' })] }))
}
