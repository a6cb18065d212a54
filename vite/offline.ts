import { createHash } from 'node:crypto'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { SCRIPT_TARGET } from './oldest-browsers.ts'

const worker = resolve(import.meta.dirname, '../web/offline/worker')

/** What a build's service worker keeps, from Vite's `manifest.json`. */
type Manifest = Record<
  string,
  { file: string; css?: string[]; assets?: string[]; imports?: string[]; dynamicImports?: string[] }
>

/** Pages that only the server can answer: it decides when an address is unknown, and interviews are held with it. */
const ONLINE_PAGES = ['404.html', 'interview.html']
/** Data that only interviews or the server read. */
const ONLINE_DATA = ['interview-questions.json', 'interview-offers.json', 'moved.json']

/**
 * Gives the built client an id, writes it into the learners' pages, and adds a service worker that knows every file these pages
 * need, by its hash. The id depends on those files alone: a build that changes nothing for learners has the same one.
 * @param client the built client, with its pages prerendered
 */
export async function addOffline(client: string): Promise<void> {
  const built = (await readdir(client, { recursive: true })).map((name) => name.replaceAll('\\', '/'))
  const pages = built.filter((name) => name.endsWith('.html'))
  const data = built.filter((name) => /^((lessons|facts)\/)?[\w-]+\.json$/.test(name) || name === 'early.js')
  const pictures = built.filter((name) => /^assets\/pictures\/[^.]+\.\w+$/.test(name))
  const files = [
    ...pages.filter((name) => !ONLINE_PAGES.includes(name)),
    ...data.filter((name) => !ONLINE_DATA.includes(name)),
    ...pictures,
    ...(await chunksOf(client)),
  ].sort()

  // Every page waits for it: comments and names stay behind.
  await bundle(client, 'early', join(client, 'early.js'), {}, 'es2017')
  const id = createHash('sha256')
  for (const name of files) id.update(`${name}\0`).update(await readFile(join(client, name)))
  const buildId = id.digest('base64url').slice(0, 12)
  for (const name of pages.filter((page) => page !== 'interview.html'))
    await mark(join(client, name), buildId)
  await writeFile(join(client, '.build'), buildId)

  const hashes = await Promise.all(
    files.map(async (name) => {
      const hash = createHash('sha256').update(await readFile(join(client, name)))
      return [addressOf(name), hash.digest('base64')] as const
    }),
  )
  const define = { __BUILD__: JSON.stringify(buildId), __FILES__: JSON.stringify(Object.fromEntries(hashes)) }
  await bundle(client, 'sw', 'main.ts', define)
  await bundle(client, 'sw-off', 'off/main.ts', {})
}

/** Chunks and styles of the learners' pages, with everything that these load later. */
async function chunksOf(client: string): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(client, '.vite/manifest.json'), 'utf8')) as Manifest
  const found = new Set<string>()
  const add = (name: string): void => {
    const chunk = manifest[name]
    if (chunk === undefined || found.has(chunk.file)) return
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) found.add(file)
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) add(next)
  }
  add('index.html')
  return [...found]
}

/** A page names its build when it asks for a file that another build has under the same address. */
async function mark(page: string, buildId: string): Promise<void> {
  const html = await readFile(page, 'utf8')
  const marked = html
    .replace(/<html lang="([^"]*)"( data-build="[^"]*")?/, `<html lang="$1" data-build="${buildId}"`)
    .replace(/src="\/early\.js(\?build=[^"]*)?"/, `src="/early.js?build=${buildId}"`)
  if (!marked.includes(`data-build="${buildId}"`) || !marked.includes(`early.js?build=`))
    throw new Error(`${page} has no place for the id of its build: change vite/offline.ts, too`)
  await writeFile(page, marked)
}

function addressOf(name: string): string {
  return name === 'index.html' ? '/' : `/${name.replace(/\.html$/, '')}`
}

async function bundle(
  client: string,
  name: string,
  source: string,
  define: Record<string, string>,
  target = SCRIPT_TARGET,
): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define,
    build: {
      outDir: client,
      emptyOutDir: false,
      modulePreload: false,
      target,
      rollupOptions: {
        input: { [name]: resolve(worker, source) },
        output: { format: 'iife', entryFileNames: '[name].js' },
      },
    },
  })
}
