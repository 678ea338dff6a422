// Starts tests/relay_phone.ts as it is, without a build.
import { createServer } from 'vite'

const vite = await createServer({
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
})
const { listen } = await vite.ssrLoadModule('/tests/relay_phone.ts')
await listen()
await vite.close()
