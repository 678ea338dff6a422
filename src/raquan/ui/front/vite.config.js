// Builds the pages' styles, scripts, fonts and icons into ../static/ui, named by their content,
// each with its brotli and gzip form beside it (the server sends those as they are).
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig } from 'vite'

const outDir = '../static/ui'
const STANDALONE = ['src/icons.svg', 'src/mark.svg'] // linked from templates only
const COMPRESSIBLE = /\.(css|js|svg)$/

const standalone = () => ({
  name: 'standalone-files',
  buildStart () {
    for (const file of STANDALONE) {
      this.emitFile({ type: 'asset', name: file.split('/').pop(), originalFileName: file, source: readFileSync(file) })
    }
  }
})

const compressed = () => ({
  name: 'compressed-copies',
  closeBundle () {
    const folder = join(outDir, 'assets')
    for (const name of readdirSync(folder).filter((name) => COMPRESSIBLE.test(name))) {
      const path = join(folder, name)
      const bytes = readFileSync(path)
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: statSync(path).size }
      writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }))
      writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
    }
  }
})

export default defineConfig({
  base: './',
  plugins: [standalone(), compressed()],
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
  build: {
    outDir,
    emptyOutDir: true,
    manifest: 'manifest.json',
    assetsInlineLimit: 0,
    modulePreload: false,
    target: ['chrome90', 'firefox90', 'safari14'],
    rollupOptions: {
      input: ['src/portal.scss', 'src/portal.js', 'src/desk.scss', 'src/desk.js'],
      checks: { pluginTimings: false }
    }
  }
})
