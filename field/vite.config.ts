// Builds the app into the server's static files, its worker with the list of all that it keeps for offline,
// and the brotli and gzip forms that the server sends as they are.
import type { Rollup } from 'vite'
import { defineConfig } from 'vitest/config'
import { compressed, kept } from './building.ts'
import { webForms } from './web_forms.ts'

const base = '/static/field/'
const outDir = '../src/raquan/field/static/field'
const app = {
  ...{ base, home: '/field/', page: 'index.html', later: { home: '/field/form/', page: 'form.html' } },
  ...{ publicDir: 'public', fromPublic: ['manifest.webmanifest', 'icon.svg'] },
}

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

export default defineConfig({
  base,
  plugins: [webForms(), kept(app), compressed(outDir)],
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
