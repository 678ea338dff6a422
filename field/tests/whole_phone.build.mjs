// Bundles tests/whole_phone.ts as the app is bundled for phones, but for Node: node tests/whole_phone.build.mjs FOLDER
import { resolve } from 'node:path'
import { build } from 'vite'

await build({
  configFile: false,
  publicDir: false,
  logLevel: 'error',
  build: {
    ssr: 'tests/whole_phone.ts',
    outDir: resolve(process.argv[2]),
    emptyOutDir: true,
    minify: true,
    target: 'chrome119',
    rollupOptions: { output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } },
  },
  ssr: { noExternal: true },
})
