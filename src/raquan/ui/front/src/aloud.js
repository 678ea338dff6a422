// Reads a guide aloud where the browser has a voice of its language; without one the button stays away.
export function wake () {
  const box = document.querySelector('[data-read-aloud]')
  const text = document.querySelector('[data-aloud]')
  const language = text.lang || 'vi'
  const button = box.querySelector('button')
  const start = button.textContent

  const voice = () => speechSynthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith(language))
  const offer = () => { box.hidden = !voice() }
  speechSynthesis.addEventListener?.('voiceschanged', offer)
  offer()

  button.addEventListener('click', () => {
    if (speechSynthesis.speaking) { speechSynthesis.cancel(); button.textContent = start; return }
    button.textContent = box.dataset.stop
    const lines = [...text.querySelectorAll('h2, li')].map((one) => one.textContent.trim())
    lines.forEach((line, at) => {
      const said = new SpeechSynthesisUtterance(line)
      said.voice = voice()
      said.lang = said.voice.lang
      said.rate = 0.9
      if (at === lines.length - 1) said.onend = () => { button.textContent = start }
      speechSynthesis.speak(said)
    })
  })
}
