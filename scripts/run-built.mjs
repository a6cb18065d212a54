import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { ensureBuilt } from './ensure-built.mjs'

/**
 * Runs a module of `dist/server/`, and builds it before where it isn't built. A production install has no Vite: it runs what was
 * built before.
 * @param name what can't run without a build, for the message
 */
export async function runBuilt(module, name) {
  const entry = resolve(import.meta.dirname, '../dist/server', module)
  if (canBuild()) {
    await ensureBuilt(() => console.error('Building …')).catch((error) =>
      fail(`${name} can't start: the build failed: ${error.message}`),
    )
  } else if (!existsSync(entry)) {
    fail(`${name} can't start: there is no build, and the tools that make one are not installed: run npm ci.`)
  }
  process.env.NODE_ENV ??= 'production'
  await import(entry)
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
