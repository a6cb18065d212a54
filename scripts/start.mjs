import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { ensureBuilt } from './ensure-built.mjs'

/** `npm start`: builds what isn't built, then runs it. */
const entry = resolve(import.meta.dirname, '../dist/server/index.js')

if (canBuild()) {
  await ensureBuilt(() => console.log('Building …')).catch((error) =>
    fail(`the build failed: ${error.message}`),
  )
} else if (!existsSync(entry)) {
  fail('there is no build, and the tools that make one are not installed: run npm ci.')
}

process.env.NODE_ENV ??= 'production'
await import(entry)

/** A production install has no Vite: it runs what was built before. */
function canBuild() {
  try {
    return Boolean(createRequire(import.meta.url).resolve('vite'))
  } catch {
    return false
  }
}

function fail(cause) {
  console.error(`Viva can't start: ${cause}`)
  process.exit(1)
}
