import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const stampFile = join(root, 'dist/.stamp')

const sources = ['contract', 'content', 'deck', 'original', 'public', 'server', 'vite', 'web']
const files = ['index.html', 'vite.config.ts', 'package-lock.json', 'tsconfig.json']
const leftOut = /(^|\/)(\..*|__pycache__|recordings?|.*\.test\.ts)(\/|$)/

/** A hash of everything that the build reads. */
export async function sourcesHash() {
  const folders = [...sources.map((name) => join(root, name)), process.env.CONTENT_DIR].filter(Boolean)
  const paths = files.map((name) => join(root, name))
  for (const folder of folders.filter((path) => existsSync(path))) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isFile() && !leftOut.test(relative(folder, path))) paths.push(path)
    }
  }
  // A deck's folder that isn't there is another deck than the usual one: the build then says so.
  const hash = createHash('sha256').update(`${process.env.CONTENT_DIR ?? ''}\0`)
  for (const path of paths.sort()) hash.update(`${relative(root, path)}\0`).update(await readFile(path))
  return hash.digest('hex')
}

/** Whether `dist/` was built from exactly these sources. */
export async function isBuilt() {
  const stamp = await readFile(stampFile, 'utf8').catch(() => '')
  return stamp === (await sourcesHash())
}

/** Remembers what `dist/` was built from: the hash taken before the build began. */
export async function stampBuild(hash) {
  await writeFile(stampFile, hash)
}

/** While a build is under way, what lies in `dist/` is nobody's. */
export async function clearStamp() {
  await rm(stampFile, { force: true })
}
