// Builds the app into the server's static files, its worker with the list of all that it keeps for offline,
// and the brotli and gzip forms that the server sends as they are.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vitest/config'

const BASE = '/static/field/'
const outDir = '../src/raquan/field/static/field'
const COMPRESSIBLE = /\.(css|js|svg|html|webmanifest)$/
const KEPT_FROM_PUBLIC = ['manifest.webmanifest', 'icon.svg']

/** Write into the worker which files the app consists of, and name that set by its content. */
const kept = (): Plugin => ({
  name: 'kept-for-offline',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const worker = bundle['sw.js']
    if (worker?.type !== 'chunk') throw new Error('the worker is missing')
    const names = Object.keys(bundle).filter((name) => name !== 'sw.js' && !name.endsWith('.map'))
    const hash = createHash('sha256')
    for (const name of names.sort()) {
      const part = bundle[name]
      hash.update(name).update(part?.type === 'chunk' ? part.code : (part?.source ?? ''))
    }
    for (const name of KEPT_FROM_PUBLIC) hash.update(readFileSync(join('public', name)))
    const files = [...names.filter((name) => name !== 'index.html'), ...KEPT_FROM_PUBLIC].map((name) => BASE + name)
    worker.code = worker.code
      .replaceAll('__FILES__', JSON.stringify(['/field/', ...files]))
      .replaceAll('__VERSION__', JSON.stringify(hash.digest('hex').slice(0, 12)))
  },
})

const compressed = (): Plugin => ({
  name: 'compressed-copies',
  closeBundle() {
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
  plugins: [kept(), compressed()],
  build: {
    outDir,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    target: 'chrome119',
    rollupOptions: {
      input: { app: 'index.html', sw: 'src/worker.ts' },
      output: { entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
      checks: { pluginTimings: false },
    },
  },
  test: { include: ['tests/**/*.test.ts'] },
})
