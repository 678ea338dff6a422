// Saves for so many people what the last one was helped with, as fast as the app lets one.
async (count) => {
  const seen = async (find) => {
    for (;;) {
      const found = find()
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const hows = () => [...document.querySelectorAll('.how-button')].filter((one) => !one.disabled)
  const next = () => document.querySelector('.saved button.button-tall')
  for (let n = 0; n < count; n++) {
    if (next()) next().click()
    await seen(() => hows()[n % 3] && !next())
    hows()[n % 3].click()
    await seen(next)
  }
}
