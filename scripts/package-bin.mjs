import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const modules = resolve(import.meta.dirname, '../node_modules')

/**
 * The script of a package's command, to be run by Node itself: in `node_modules/.bin`, Windows has `.cmd` files, which Node doesn't start.
 * @param name of the package
 * @param command of several that it has
 */
export function packageBin(name, command = name) {
  const { bin } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'))
  return join(modules, name, typeof bin === 'string' ? bin : bin[command])
}
