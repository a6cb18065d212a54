import { join } from 'node:path'
import { build } from 'vite'
import { workerEntries } from '../vite/workers.ts'

const root = join(import.meta.dirname, '..')

/** The folder of the built servers, `serve-twin.js` and `serve-bare.js`. */
export const BUILT = join(root, 'dist', 'bench')

/** Bundles the servers as `npm run build` bundles the app: JavaScript for plain Node, workers beside it. */
export async function buildServers(): Promise<void> {
  const workers = Object.entries(await workerEntries()).map(([name, file]) => [`workers/${name}`, file])
  const servers = ['serve-twin', 'serve-bare'].map((name) => [name, join(import.meta.dirname, `${name}.ts`)])
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir: BUILT,
      emptyOutDir: true,
      ssr: true,
      target: 'node20',
      rollupOptions: {
        input: Object.fromEntries([...servers, ...workers]),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
}
