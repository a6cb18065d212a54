import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createServer, isRunnableDevEnvironment, type Plugin } from 'vite'
import type { serveViva } from '../../server/testing/serve-viva.ts'
import { withFault, type CodeFault } from './code-fault.ts'

const root = resolve(import.meta.dirname, '../..')

interface Served {
  serveViva: typeof serveViva
}

/**
 * Serves the whole app from its source, with one fault put into it while it is loaded; the files stay as they are.
 * @param fault null for the app as it is
 * @throws what the app throws when it can't start, and an Error when it doesn't load the fault's file
 */
export async function serveWithFault(
  fault: CodeFault | null,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const loaded = new Set<string>()
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    plugins: fault === null ? [] : [putIn(fault, loaded)],
  })
  try {
    const { ssr } = vite.environments
    if (!isRunnableDevEnvironment(ssr)) throw new Error("Vite can't run modules in this process")
    const { serveViva: serve } = await ssr.runner.import<Served>(join(root, 'server/testing/serve-viva.ts'))
    if (fault !== null && !loaded.has(fault.file)) throw new Error(`the app doesn’t load ${fault.file}`)
    const viva = await serve({ RATE_LIMIT: '0', CONNECTION_LIMIT: '0', DISK_WARNING_MB: '0' })
    return {
      origin: viva.origin,
      close: async () => {
        await viva.close()
        await vite.close()
      },
    }
  } catch (error) {
    await vite.close()
    throw error
  }
}

function putIn(fault: CodeFault, loaded: Set<string>): Plugin {
  const path = join(root, fault.file)
  return {
    name: 'code-fault',
    enforce: 'pre',
    async load(id) {
      if (id !== path) return null
      loaded.add(fault.file)
      return withFault(await readFile(path, 'utf8'), fault)
    },
  }
}
