// Builds the counter's page beside the field app: from the same sources, with chunks of its own, since few phones are both.
import { defineConfig } from 'vitest/config'
import { compressed, kept } from './building.ts'

const base = '/static/field/counter/'
const outDir = '../src/raquan/field/static/field/counter'
const app = {
  ...{ base, home: '/counter/', page: 'counter.html' },
  ...{ publicDir: 'public_counter', fromPublic: ['manifest.webmanifest'] },
}

export default defineConfig({
  base,
  publicDir: app.publicDir,
  plugins: [kept(app), compressed(outDir)],
  build: {
    outDir,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    target: 'chrome119',
    rollupOptions: {
      input: { counter: 'counter.html', sw: 'src/worker.ts' },
      output: { entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
      checks: { pluginTimings: false },
    },
  },
})
