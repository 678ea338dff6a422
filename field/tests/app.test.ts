/** The app as it is built: its weight, its look, its words. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const BUILT = '../src/raquan/field/static/field'
const TOKENS = '../src/raquan/ui/front/src/_tokens.scss'
const BUDGET = 60_000
/** Fetched by the browser only when the app is put on the home screen. */
const NOT_FIRST = /^icon-\d+\.png$/
/** The page of other forms: fetched at its first use, and kept from then on. */
const LATER = /^form\.html$|^assets\/later-/
const LATER_BUDGET = 500_000

/** The page of counters: the same fonts and shell as the app, chunks of its own. */
const COUNTER_BUDGET = 56_000
const COUNTER_BEHIND_BUDGET = 22_000

/** All that other screens fetch when they are first shown or used; the worker keeps it for offline. */
const BEHIND_BUDGET = 32_000

describe('the build', () => {
  const names = [...readdirSync(BUILT), ...readdirSync(join(BUILT, 'assets')).map((name) => `assets/${name}`)]
  const all = names.filter((name) => /[^/]\.\w+$/.test(name) && !/\.(br|gz)$/.test(name) && !NOT_FIRST.test(name))
  const files = all.filter((name) => !LATER.test(name))
  const later = all.filter((name) => LATER.test(name))
  const first = firstOf(files)

  it('weighs no more than a slow line can carry', () => {
    const weights = first.map((name) => [name, weight(join(BUILT, name))] as const)
    const whole = weights.reduce((sum, [, bytes]) => sum + bytes, 0)
    console.info(`first load: ${whole} bytes`, Object.fromEntries(weights))
    expect(whole).toBeLessThanOrEqual(BUDGET)
  })

  it('keeps little more for offline behind it', () => {
    const behind = files.filter((name) => !first.includes(name))
    const whole = behind.reduce((sum, name) => sum + weight(join(BUILT, name)), 0)
    console.info(`behind the first load: ${whole} bytes`)
    expect(behind.length).toBeGreaterThan(5)
    expect(whole).toBeLessThanOrEqual(BEHIND_BUDGET)
  })

  it('brings other forms apart, without the fonts and the map of their engine', () => {
    // Packed by the build already: to pack it anew would take a test's whole time.
    const whole = later.reduce((sum, name) => sum + readFileSync(join(BUILT, `${name}.br`)).length, 0)
    console.info(`other forms: ${whole} bytes`)
    expect(later.length).toBeGreaterThanOrEqual(3)
    expect(whole).toBeLessThanOrEqual(LATER_BUDGET)
    for (const name of later.filter((name) => name.endsWith('.js'))) {
      expect(readFileSync(join(BUILT, name), 'utf8')).not.toMatch(/font\/woff2?;base64|MapBlock/)
    }
    for (const name of files.filter((name) => name.endsWith('.js') && name !== 'sw.js')) {
      expect(readFileSync(join(BUILT, name), 'utf8')).not.toContain('later-')
    }
  })

  it('is kept whole by its worker', () => {
    const worker = readFileSync(join(BUILT, 'sw.js'), 'utf8')
    for (const name of files.filter((name) => name !== 'sw.js' && name !== 'index.html')) {
      expect(worker).toContain(`/static/field/${name}`)
    }
    for (const name of later.filter((name) => name !== 'form.html')) expect(worker).toContain(`/static/field/${name}`)
    expect(worker).toContain('"/field/"')
    expect(worker).toContain('"/field/form/"')
    expect(worker).not.toContain('__LATER__')
    expect(worker).not.toContain('__FILES__')
    expect(worker).not.toContain('__VERSION__')
  })
})

/** What signing in fetches before anybody can record. */
const SIGNING_IN = /import\([`"]\.\/(bundle-[\w-]+\.js)[`"]\)/g

/** Leave out the scripts that are fetched after a person could record. */
function firstOf(files: readonly string[]): string[] {
  const text = (name: string) => readFileSync(join(BUILT, name), 'utf8')
  const found = new Set(['sw.js'])
  const add = (name: string) => {
    if (found.has(name)) return
    found.add(name)
    const script = text(name)
    for (const [, other] of script.matchAll(/(?:from|import) ?"\.\/([\w.-]+\.js)"/g)) add(`assets/${other}`)
    for (const [, other] of script.matchAll(SIGNING_IN)) add(`assets/${other}`)
  }
  for (const [, name] of text('index.html').matchAll(/src="\/static\/field\/([^"]+\.js)"/g)) add(name as string)
  expect([...found].some((name) => name.startsWith('assets/bundle-'))).toBe(true)
  return files.filter((name) => !name.endsWith('.js') || found.has(name))
}

function weight(path: string): number {
  const bytes = readFileSync(path)
  return path.endsWith('.woff2') ? bytes.length : brotliCompressSync(bytes).length
}

describe('the counter’s page', () => {
  const built = join(BUILT, 'counter')
  const all = [...readdirSync(built), ...readdirSync(join(built, 'assets')).map((name) => `assets/${name}`)]
  const files = all.filter((name) => /[^/]\.\w+$/.test(name) && !/\.(br|gz)$/.test(name))
  const BEHIND = /^assets\/(scan|decode|en)-/

  it('weighs little, and brings the camera and English apart', () => {
    const sum = (names: string[]) => names.reduce((whole, name) => whole + weight(join(built, name)), 0)
    const first = sum(files.filter((name) => !BEHIND.test(name)))
    const behind = sum(files.filter((name) => BEHIND.test(name)))
    console.info(`the counter: ${first} bytes at first, ${behind} behind`)
    expect(files.filter((name) => BEHIND.test(name))).toHaveLength(3)
    expect(first).toBeLessThanOrEqual(COUNTER_BUDGET)
    expect(behind).toBeLessThanOrEqual(COUNTER_BEHIND_BUDGET)
  })

  it('is kept whole by its worker, and by no other app’s', () => {
    const worker = readFileSync(join(built, 'sw.js'), 'utf8')
    for (const name of files.filter((name) => !/^(sw\.js|counter\.html)$/.test(name))) {
      expect(worker).toContain(`/static/field/counter/${name}`)
    }
    expect(worker).toContain('"/counter/"')
    expect(worker).not.toContain('"/field/"')
    expect(worker).not.toMatch(/__(FILES|LATER|VERSION)__/)
    expect(readFileSync(join(BUILT, 'sw.js'), 'utf8')).not.toContain('/field/counter/')
  })

  it('uses every text that it has, and says each in English', async () => {
    const folder = 'src/counter'
    const sources = readdirSync(folder).filter((name) => /\.tsx?$/.test(name))
    const code = sources.map((name) => readFileSync(join(folder, name), 'utf8')).join('')
    const [{ vi }, { texts }] = [await import('../src/counter/texts/vi'), await import('../src/counter/texts/en')]
    const made = /^c_(state_\w+|\w+_text|unreadable|altered|other_run|expired|used|not_begun|no_lease|suspended)$/
    const shared = new Set(['back', 'skip'])
    expect(
      Object.keys(vi).filter((key) => !new RegExp(`['"]${key}['"]`).test(code) && !made.test(key) && !shared.has(key)),
    ).toEqual([])
    const marks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()
    for (const [key, text] of Object.entries(vi)) expect([key, marks(texts[key] ?? '')]).toEqual([key, marks(text)])
  })
})

it('has the colors of the house', () => {
  const house = new Map([...readFileSync(TOKENS, 'utf8').matchAll(/^\$([\w-]+): (#\w+);/gm)].map((m) => [m[1], m[2]]))
  const root = readFileSync('src/style/base.css', 'utf8').match(/:root \{[^}]*\}/)?.[0] ?? ''
  const ours = [...root.matchAll(/--([\w-]+): (#\w+);/g)].filter((m) => m[1] !== 'card')
  expect(ours.length).toBeGreaterThan(10)
  for (const [, name, color] of ours) expect([name, house.get(name)]).toEqual([name, color])
})

it('uses every text that it has', () => {
  const sources = ['src', 'src/app', 'src/forms'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  const texts = ['vi', 'behind'].map((name) => readFileSync(`src/texts/${name}.ts`, 'utf8')).join('')
  const keys = [...texts.matchAll(/^ {2}(\w+):/gm)].map((m) => m[1] as string)
  const unused = keys.filter((key) => !sources.some((source) => source.includes(`'${key}'`)))
  expect(unused).toEqual([])
})
