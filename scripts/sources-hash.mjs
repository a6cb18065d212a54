import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { deckFolders } from './deck-folders.mjs'

const root = resolve(import.meta.dirname, '..')

const sources = ['contract', 'content', 'deck', 'original', 'public', 'server', 'vite', 'web']
const files = [
  'index.html',
  'interview.html',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'scripts/externals.mjs',
  'scripts/vite-build.mjs',
]
const ignored = /^(\..*|__pycache__|recordings?|.*\.test\.ts)$/

/** A hash of everything that the build reads. */
export async function sourcesHash() {
  const folders = [...sources, ...deckFolders()].map((name) => resolve(root, name))
  const paths = files.map((name) => join(root, name))
  for (const folder of folders.filter((path) => existsSync(path))) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isFile() && isSource(relative(folder, path))) paths.push(path)
    }
  }
  // A missing CONTENT_DIR must not match the default deck: the build reports it.
  const hash = createHash('sha256').update(`${process.env.CONTENT_DIR ?? ''}\0`)
  for (const path of paths.sort()) hash.update(`${relative(root, path)}\0`).update(await readFile(path))
  return hash.digest('hex')
}

/** Whether the build reads a file. @param path within a folder of sources, with the separators of any system */
export function isSource(path) {
  return !path.split(/[\\/]/).some((name) => ignored.test(name))
}
