import { readFileSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Middleware } from 'koa'
import type { OriginalBundle } from '#contract/original-tab/bundle.ts'
import { isRunning } from '../../scripts/processes.mjs'
import { sendError } from './send-error.ts'

const TYPES: Record<string, string> = {
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
  '.so': 'application/octet-stream',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/** While a bundle is being built, the folder has a file of this name with the record of the builder's process. */
const PREPARING = 'preparing'
const MANIFEST = 'manifest.json'

/** The original for the tab, as this server has it: it may appear while the server runs. */
export interface OriginalFiles {
  state: () => OriginalBundle
  /** Serves `/py/<version>/…`, which never changes. */
  middleware: Middleware
}

/**
 * Looks for the bundle in a folder each time it is asked for, and keeps the files in memory once they have been asked for.
 * @param folder `dist/original`; it may not exist
 */
export function originalFiles(folder: string): OriginalFiles {
  const kept = new Map<string, Promise<Buffer>>()
  const read = (name: string): Promise<Buffer> => {
    const bytes = kept.get(name) ?? readFile(join(folder, name))
    kept.set(name, bytes)
    return bytes
  }
  return {
    state: () => stateOf(folder),
    middleware: async (ctx, next) => {
      const [, version, name] = /^\/py\/(\w[\w.-]*)\/([\w.-]+)$/.exec(ctx.path) ?? []
      if (version === undefined || name === undefined || !['GET', 'HEAD'].includes(ctx.method)) return next()
      const manifest = manifestOf(folder, version)
      if (manifest === undefined || !(name in manifest.files || name === MANIFEST)) return next()
      ctx.state.quiet = true
      const type = TYPES[extname(name)] ?? 'application/octet-stream'
      ctx.set('Content-Type', type)
      ctx.set('Cache-Control', 'public, max-age=31536000, immutable')
      ctx.vary('Accept-Encoding')
      if (name === MANIFEST) {
        ctx.body = await read(`${version}/${name}`)
        return
      }
      const encoding = ENCODINGS.find(([each]) => ctx.acceptsEncodings(each))
      // Every browser takes one of the two; the files themselves aren't kept.
      if (encoding === undefined) return sendError(ctx, 406, 'Accept-Encoding must allow br or gzip')
      ctx.set('Content-Encoding', encoding[0])
      ctx.body = await read(`${version}/${name}${encoding[1]}`)
    },
  }
}

interface Manifest {
  files: Record<string, { bytes: number; wire: number }>
}

function stateOf(folder: string): OriginalBundle {
  const names = namesIn(folder)
  // What begins with a dot is still being made, or was left by a builder that was killed.
  for (const version of names.filter((name) => name !== PREPARING && !name.startsWith('.'))) {
    const manifest = manifestOf(folder, version)
    if (manifest === undefined) continue
    // The notice is there to be read, not loaded.
    const loaded = Object.entries(manifest.files).filter(([name]) => !name.endsWith('.txt'))
    const bytes = loaded.reduce((sum, [, { wire }]) => sum + wire, 0)
    return { state: 'ready', address: `/py/${version}/`, bytes }
  }
  return { state: names.includes(PREPARING) && isBeingPrepared(folder) ? 'preparing' : 'absent' }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

/** @returns undefined for a folder that isn't a bundle, or not yet */
function manifestOf(folder: string, version: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, version, MANIFEST), 'utf8')) as Manifest
  } catch {
    return undefined
  }
}

/** A builder that was killed leaves its mark, and another process may have its id by now. */
function isBeingPrepared(folder: string): boolean {
  try {
    return isRunning(JSON.parse(readFileSync(join(folder, PREPARING), 'utf8')))
  } catch {
    return false
  }
}
