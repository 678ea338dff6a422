// Records a guide: the words stand above, the phone's own recorder writes few bits a second, one listens, then sends.
// What was recorded stays in the page until the server has it.
const BITS = 11_000 // a second: 70 seconds of speech in 100 KB, with what the container adds
const KINDS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4']

export function wake (form) {
  const kind = KINDS.find(one => MediaRecorder.isTypeSupported(one))
  if (!kind || !navigator.mediaDevices) return
  const box = form.querySelector('.rq-recorder')
  const [start, stop] = [box.querySelector('[data-start]'), box.querySelector('[data-stop]')]
  const [state, again] = [box.querySelector('.rq-recorder__state'), box.querySelector('[data-again]')]
  const wrong = form.querySelector('.rq-recorder__wrong')
  const file = form.querySelector('[data-file]')
  const mostBytes = Number(form.dataset.mostBytes)
  const mostSeconds = Number(form.dataset.mostSeconds)
  let recorder, sound, address
  box.hidden = false
  file.hidden = true

  const say = (seconds, bytes) => {
    state.textContent = form.dataset.state.replace('{seconds}', Math.round(seconds)).replace('{kb}', Math.ceil(bytes / 1024))
  }

  start.addEventListener('click', async () => {
    wrong.textContent = ''
    let stream
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true, echoCancellation: false } })
    } catch {
      wrong.textContent = form.dataset.denied
      file.hidden = false
      return
    }
    const pieces = []
    let bytes = 0
    const began = performance.now()
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: BITS })
    recorder.addEventListener('dataavailable', ({ data }) => {
      const seconds = (performance.now() - began) / 1000
      if (bytes + data.size <= mostBytes) { pieces.push(data); bytes += data.size }
      say(seconds, bytes)
      if (recorder.state !== 'recording') return
      // The next piece may be as large as this one.
      if (bytes + 2 * data.size > mostBytes || seconds > mostSeconds - 2) { wrong.textContent = form.dataset.full; recorder.stop() }
    })
    recorder.addEventListener('stop', () => {
      stream.getTracks().forEach(one => one.stop())
      sound = new File(pieces, `ban-thu.${kind.slice(6).split(';')[0].replace('mp4', 'm4a')}`, { type: kind.split(';')[0] })
      show(sound)
    })
    recorder.start(1000)
    toggle(true)
  })
  stop.addEventListener('click', () => recorder.stop())

  const toggle = on => { start.hidden = on; stop.hidden = !on; if (on) again.hidden = true; (on ? stop : start).focus() }
  const show = one => {
    URL.revokeObjectURL(address)
    address = URL.createObjectURL(one)
    again.hidden = false
    again.querySelector('audio').src = address
    const link = again.querySelector('[data-save]')
    link.href = address
    link.download = one.name
    toggle(false)
  }

  form.addEventListener('submit', async event => {
    if (!sound) return // a file was chosen
    event.preventDefault()
    wrong.textContent = ''
    const body = new FormData(form)
    body.set('sound', sound)
    try {
      const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } })
      const said = await answer.json()
      if (answer.ok) location.assign(said.href)
      else wrong.textContent = said.errors.join(' ')
    } catch {
      wrong.textContent = form.dataset.failed
    }
  })
}
