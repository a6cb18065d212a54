import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { isBuilt } from './stamp.mjs'

const entry = resolve(import.meta.dirname, '../dist/server/index.js')

/** A production install has no Vite: it runs what was built before. */
function canBuild() {
  try {
    return Boolean(createRequire(import.meta.url).resolve('vite'))
  } catch {
    return false
  }
}

if (canBuild()) {
  if (!(await isBuilt())) {
    console.log('Building …')
    const { build } = await import('./build.mjs')
    await build().catch((error) => fail(`it can't be built: ${error.message}`))
  }
} else if (!existsSync(entry)) {
  fail('there is no build, and the tools that make one are not installed: run npm ci.')
}

process.env.NODE_ENV ??= 'production'
await import(entry)

function fail(cause) {
  console.error(`Viva can't start: ${cause}`)
  process.exit(1)
}
