// What both apps of this folder are built by: which files an app keeps for offline, and packed copies of them.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Rollup } from 'vite'
import type { Plugin } from 'vitest/config'

const COMPRESSIBLE = /\.(css|js|svg|html|webmanifest)$/
/** How the files begin that only a page needs which comes later. */
const LATER = 'assets/later-'

export interface Kept {
  /** Where the built files are served from. */
  base: string
  /** The app's own page: its address, and its file. */
  home: string
  page: string
  /** A page that is kept from its first use on: its address, and its file. */
  later?: { home: string; page: string }
  /** The folder of what is copied as it is, and what of it is kept. */
  publicDir: string
  fromPublic: string[]
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
export const kept = ({ base, home, page, later, publicDir, fromPublic }: Kept): Plugin => ({
  name: 'kept-for-offline',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const worker = bundle['sw.js']
    if (worker?.type !== 'chunk') throw new Error('the worker is missing')
    const first = needed(bundle, page)
    const behind = later ? [...needed(bundle, later.page)].filter((name) => !first.has(name)) : []
    if (behind.some((name) => !name.startsWith(LATER))) throw new Error(`not named as what comes later: ${behind}`)
    const pages = ['sw.js', page, later?.page]
    const names = Object.keys(bundle).filter((name) => !behind.includes(name) && !name.endsWith('.map'))
    const hash = createHash('sha256')
    for (const name of Object.keys(bundle).sort()) {
      const part = bundle[name]
      if (name !== 'sw.js') hash.update(name).update(part?.type === 'chunk' ? part.code : (part?.source ?? ''))
    }
    for (const name of fromPublic) hash.update(readFileSync(join(publicDir, name)))
    const files = [...names.filter((name) => !pages.includes(name)), ...fromPublic].map((name) => base + name)
    const laterFiles = later ? [later.home, ...behind.map((name) => base + name)] : []
    worker.code = worker.code
      .replaceAll('__FILES__', JSON.stringify([home, ...files]))
      .replaceAll('__LATER__', JSON.stringify(laterFiles))
      .replaceAll('__VERSION__', JSON.stringify(hash.digest('hex').slice(0, 12)))
  },
})

/** Write the brotli and gzip forms that the server sends as they are. */
export const compressed = (outDir: string): Plugin => ({
  name: 'compressed-copies',
  writeBundle() {
    for (const folder of [outDir, join(outDir, 'assets')].filter(existsSync)) {
      for (const name of readdirSync(folder).filter((name) => COMPRESSIBLE.test(name))) {
        const bytes = readFileSync(join(folder, name))
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes))
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
      }
    }
  },
})
