import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

/** What the bundle of the original for the tab is made from and by, beside Pyodide. */
const INPUTS = [
  'wheels.lock',
  ...['build.ts', 'make_bundle.py', 'compress.ts'].map((file) => `bundle/${file}`),
].map((file) => join(root, 'original/tab', file))

/** A file of this name is in `dist/original` while a bundle is being built; it holds the builder's process record. */
export const PREPARING = 'preparing'

/**
 * The name of the bundle that these sources make, such as `314.0.7-3f8a12c0`.
 * @throws when Pyodide isn't installed
 */
export function originalName() {
  const pyodide = readFileSync(join(root, 'node_modules/pyodide/package.json'), 'utf8')
  const { version } = JSON.parse(pyodide)
  const hash = createHash('sha256').update(version)
  for (const file of INPUTS) hash.update(readFileSync(file))
  return `${version}-${hash.digest('hex').slice(0, 8)}`
}
