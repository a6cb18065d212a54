import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const RAW = '?raw'
/** The one worker of the web app. */
const WORKER = 'web/original/engine/worker.ts'

/**
 * Lets the build run in a folder with `#` in its path, where Vite itself would cut the names of `?raw` files and of the worker. Texts of
 * `?raw` files get `\n` at the ends of their lines.
 * @param root the project's folder
 */
export function hashInPath(root: string): Plugin {
  const worker = join(root, WORKER).replaceAll('\\', '/')
  return {
    name: 'viva:hash-in-path',
    enforce: 'pre',
    resolveId(id, importer) {
      const isCut = importer === undefined && id !== worker && id === worker.replace(/#.*/, '')
      return isCut ? worker : undefined
    },
    async load(id) {
      if (!id.endsWith(RAW)) return
      const file = id.slice(0, -RAW.length)
      this.addWatchFile(file)
      const text = (await readFile(file, 'utf8')).replaceAll('\r\n', '\n')
      return { code: `export default ${JSON.stringify(text)}`, map: { mappings: '' }, moduleType: 'js' }
    },
  }
}
