import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './ensure-built.mjs'

/**
 * Runs a module of `dist/server/`, and builds it before where it isn't built. A production install has no Vite: it runs what was
 * built before.
 * @param name what can't run without a build, for the message
 */
export async function runBuilt(module, name) {
  const entry = resolve(import.meta.dirname, '../dist/server', module)
  if (canBuild()) {
    await ensureBuilt({
      announce: () => console.error('Building …'),
      waiting: (pid) => console.error(`waiting for pid ${pid}, which is building`),
    }).catch((error) => fail(`${name} can't start: the build failed: ${error.message}`))
  } else if (!existsSync(entry)) {
    fail(`${name} can't start: there is no build, and the tools that make one are not installed: run npm ci.`)
  }
  process.env.NODE_ENV ??= 'production'
  // A path is not an address: `#` and `%` mean something else there, and so does a drive's letter.
  await import(pathToFileURL(entry).href)
}

function canBuild() {
  try {
    return Boolean(createRequire(import.meta.url).resolve('vite'))
  } catch {
    return false
  }
}

function fail(line) {
  console.error(line)
  process.exit(1)
}
