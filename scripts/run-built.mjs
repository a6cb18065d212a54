import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildFolder, newestBuild } from './builds.mjs'
import { DIST, ensureBuilt } from './ensure-built.mjs'
import { sourcesHash } from './sources-hash.mjs'

/**
 * Runs a module of the server's build, which is made first where possible. A release has no sources, and runs the build that it contains.
 * @param name names the program in messages
 */
export async function runBuilt(module, name) {
  const build = hasSources() ? await ofTheseSources(name) : await newestBuild(DIST)
  if (build === undefined)
    fail(`${name} can't start: there is no build in ${DIST}. Unpack the release again.`)
  process.env.NODE_ENV ??= 'production'
  // A path is not a URL: `#`, `%` and a drive letter have a meaning of their own there.
  await import(pathToFileURL(join(build, 'server', module)).href)
}

async function ofTheseSources(name) {
  if (canBuild()) {
    return ensureBuilt({ announce: () => console.error('Building …'), waiting: console.error }).catch(
      (error) => fail(`${name} can't start: the build failed: ${error.message}`),
    )
  }
  const build = buildFolder(DIST, await sourcesHash())
  if (existsSync(build)) return build
  fail(
    `${name} can't start: there is no build of these sources${process.env.CONTENT_DIR ? ' with this CONTENT_DIR' : ''}, ` +
      'and the build tools are not installed. Run npm ci.',
  )
}

function hasSources() {
  return existsSync(resolve(DIST, '../vite.config.ts'))
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
