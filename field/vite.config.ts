// Builds the app into the server's static files, its worker with the list of all that it keeps for offline,
// and the brotli and gzip forms that the server sends as they are.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Rollup } from 'vite'
import { defineConfig, type Plugin } from 'vitest/config'
import { webForms } from './web_forms.ts'

const BASE = '/static/field/'
const outDir = '../src/raquan/field/static/field'
const COMPRESSIBLE = /\.(css|js|svg|html|webmanifest)$/
/** How the files begin that only the page of other forms needs. */
const LATER = 'assets/later-'
const KEPT_FROM_PUBLIC = ['manifest.webmanifest', 'icon.svg']

/** Tell whether a page's script imports a module, itself or through others, before it runs. */
function isBelow(entry: string, id: string, info: (id: string) => Rollup.ModuleInfo | null): boolean {
  const seen = new Set<string>()
  const waiting = [id]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.endsWith(`/field/${entry}`)) return true
    for (const above of info(next)?.importers ?? []) if (!seen.has(above)) waiting.push(above)
    seen.add(next)
  }
  return false
}

/** Name all that a page needs: its script, what that imports, their style sheets and fonts. */
function needed(bundle: Rollup.OutputBundle, page: string): Set<string> {
  const found = new Set<string>()
  const add = (name: string) => {
    const part = bundle[name]
    if (!part || found.has(name)) return
    found.add(name)
    if (part.type === 'asset') return
    for (const other of [...part.imports, ...part.dynamicImports]) add(other)
    for (const other of [...(part.viteMetadata?.importedCss ?? []), ...(part.viteMetadata?.importedAssets ?? [])])
      add(other)
  }
  for (const part of Object.values(bundle)) {
    if (part.type === 'chunk' && part.facadeModuleId?.endsWith(`/${page}`)) add(part.fileName)
  }
  return found
}

/** Write into the worker which files the app consists of, which come later, and name that set by its content. */
const kept = (): Plugin => ({
  name: 'kept-for-offline',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const worker = bundle['sw.js']
    if (worker?.type !== 'chunk') throw new Error('the worker is missing')
    const first = needed(bundle, 'index.html')
    const later = [...needed(bundle, 'form.html')].filter((name) => !first.has(name))
    if (later.some((name) => !name.startsWith(LATER))) throw new Error(`not named as what comes later: ${later}`)
    const pages = ['sw.js', 'index.html', 'form.html']
    const names = Object.keys(bundle).filter((name) => !later.includes(name) && !name.endsWith('.map'))
    const hash = createHash('sha256')
    for (const name of Object.keys(bundle).sort()) {
      const part = bundle[name]
      if (name !== 'sw.js') hash.update(name).update(part?.type === 'chunk' ? part.code : (part?.source ?? ''))
    }
    for (const name of KEPT_FROM_PUBLIC) hash.update(readFileSync(join('public', name)))
    const files = [...names.filter((name) => !pages.includes(name)), ...KEPT_FROM_PUBLIC].map((name) => BASE + name)
    worker.code = worker.code
      .replaceAll('__FILES__', JSON.stringify(['/field/', ...files]))
      .replaceAll('__LATER__', JSON.stringify(['/field/form/', ...later.map((name) => BASE + name)]))
      .replaceAll('__VERSION__', JSON.stringify(hash.digest('hex').slice(0, 12)))
  },
})

const compressed = (): Plugin => ({
  name: 'compressed-copies',
  writeBundle() {
    for (const folder of [outDir, join(outDir, 'assets')]) {
      for (const name of readdirSync(folder).filter((name) => COMPRESSIBLE.test(name))) {
        const bytes = readFileSync(join(folder, name))
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes))
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
      }
    }
  },
})

export default defineConfig({
  base: BASE,
  plugins: [webForms(), kept(), compressed()],
  build: {
    outDir,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 2500, // Web Forms, which comes later; the test of the build holds what a line carries
    target: 'chrome119',
    rollupOptions: {
      input: { app: 'index.html', later: 'form.html', sw: 'src/worker.ts' },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        manualChunks: (id, { getModuleInfo }) => {
          // Whatever comes out of these belongs to the page of other forms alone.
          if (/node_modules\/(@getodk|@?vue|dompurify)/.test(id)) return 'later-web-forms'
          // Small files pack badly: all that the first screen needs is one, whichever page shares it.
          return !/\/main\.tsx$/.test(id) && isBelow('src/main.tsx', id, getModuleInfo) ? 'core' : undefined
        },
      },
      // Web Forms' parser could link parts by eval; it has none, and no page of ours allows it.
      checks: { pluginTimings: false, eval: false },
    },
  },
  test: { include: ['tests/**/*.test.ts'] },
})
