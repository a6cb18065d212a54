import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './ensure-built.mjs'

/**
 * Runs a module of `dist/server/` and builds it first if necessary. A production install has no Vite and runs the existing
 * build.
 * @param name names the program in messages
 */
export async function runBuilt(module, name) {
  const entry = resolve(import.meta.dirname, '../dist/server', module)
  if (canBuild()) {
    await ensureBuilt({
      announce: () => console.error('Building …'),
      waiting: (pid) => console.error(`Waiting for process ${pid}, which is building …`),
    }).catch((error) => fail(`${name} can't start: the build failed: ${error.message}`))
  } else if (!existsSync(entry)) {
    fail(`${name} can't start: there is no build, and the build tools are not installed. Run npm ci.`)
  }
  process.env.NODE_ENV ??= 'production'
  // A path is not a URL: `#`, `%` and a drive letter have a meaning of their own there.
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
