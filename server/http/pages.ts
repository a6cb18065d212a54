import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Context, Middleware } from 'koa'
import { originalWorkerPolicy } from './security-headers.ts'
import { sendError } from './send-error.ts'

/** A built file with its precompressed variants, if any. */
interface BuiltFile {
  etag: string
  variants: Partial<Record<Encoding, Buffer>>
}

type Encoding = 'br' | 'gzip' | 'identity'

/** Smallest first, whatever the order in which a browser names them. */
const preferred: Encoding[] = ['br', 'gzip']

const SERVICE_WORKER = 'sw.js'

/** The one script that gets a policy of its own; vite.config.ts names it. */
const ORIGINAL_WORKER = /^assets\/original-worker-/

const suffixes: Record<string, Encoding> = { '.br': 'br', '.gz': 'gzip' }

/**
 * Serves the built web app: each `x.html` at `/x` (with a slash at the end, or at an older address of a lesson, it redirects there),
 * the interview room at all of its addresses, every other file at its own path. A browser that opens any other address gets the 404 page; what scripts request
 * is left to the next middleware. Files are served from memory: with an open file per answer, one client that requests
 * many and reads none could use up the descriptors of the process.
 * @param folder the built client
 * @param options.build the id of this build: who asks for a data file of another one gets 409
 * @param options.offline false replaces the service worker by one that removes itself and all that was kept
 * @throws when the folder can't be read
 */
export function builtPages(
  folder: string,
  { build, offline = true }: { build?: string; offline?: boolean } = {},
): Middleware {
  const files = readBuilt(folder)
  const missing = files.get('404.html')
  const moved = movedPaths(files)
  /** The page that an address means: the home page lists the lessons, and a lesson may have been renamed or have had a number. */
  const pageOf = (path: string): string | undefined =>
    path === '/lessons'
      ? '/'
      : [path, moved.get(path), path.replace(/^\/lessons\/\d\d-/, '/lessons/')].find(
          (page) => page !== undefined && files.has(`${page.slice(1)}.html`),
        )
  if (!offline) files.set(SERVICE_WORKER, files.get('sw-off.js') ?? { etag: '', variants: {} })
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    const name = fileName(ctx.path)
    const file = files.get(name)
    const page = pageOf(ctx.path.replace(/(\.json|\/+)$/, ''))
    const { build: asked } = ctx.query
    if (build && asked && asked !== build && (file ?? page) !== undefined && isOfBuild(name)) {
      ctx.set('Cache-Control', 'no-cache')
      return sendError(ctx, 409, 'This server has another version of Viva: reload the page')
    }
    if (file !== undefined) {
      sendFile(ctx, name, file)
    } else if (page !== undefined && !isOfBuild(name)) {
      ctx.state.quiet = true
      ctx.status = 308
      ctx.redirect(page + ctx.search)
    } else if (missing !== undefined && wantsPage(ctx)) {
      sendFile(ctx, '404.html', missing, 404)
    } else {
      await next()
    }
  }
}

/** Whether a file is another one in another build: not a page, and without a hash in its name. */
function isOfBuild(name: string): boolean {
  return /\.js(on)?$/.test(name) && !name.startsWith('assets/')
}

/** A browser that opens an address accepts HTML; scripts and curl don't ask for it. */
function wantsPage(ctx: Context): boolean {
  return ctx.get('Accept').includes('text/html')
}

/** Paths of the interview room, whose pages are rendered in the browser. @public scripts/dev.mjs loads it by path. */
export const interviewPaths = /^\/(interview|join|room)(\/|$)/

/** Where lessons that were renamed are now, by their former addresses. The build lists them. */
function movedPaths(files: ReadonlyMap<string, BuiltFile>): ReadonlyMap<string, string> {
  const list = files.get('moved.json')?.variants.identity?.toString()
  return new Map(list === undefined ? [] : Object.entries(JSON.parse(list) as Record<string, string>))
}

function fileName(path: string): string {
  if (path === '/') return 'index.html'
  if (interviewPaths.test(path)) return 'interview.html'
  return /\.\w+$/.test(path) ? path.slice(1) : `${path.slice(1)}.html`
}

/** Only a response of 200 can be 304 instead. */
function sendFile(ctx: Context, name: string, file: BuiltFile, status: 200 | 404 = 200): void {
  ctx.state.quiet = true
  const chosen =
    preferred.find((encoding) => file.variants[encoding] && ctx.acceptsEncodings(encoding)) ?? 'identity'
  const variant = file.variants[chosen]
  if (variant === undefined) return
  ctx.status = status
  ctx.type = /[^.]+$/.exec(name)?.[0] ?? 'bin'
  ctx.etag = `${file.etag}-${chosen}`
  ctx.vary('Accept-Encoding')
  if (ORIGINAL_WORKER.test(name)) ctx.set('Content-Security-Policy', originalWorkerPolicy(ctx.host))
  // Files under assets/ carry a hash of their content in their name; any other may change with the next build.
  ctx.set('Cache-Control', name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (ctx.fresh) {
    ctx.status = 304
    return
  }
  if (chosen !== 'identity') ctx.set('Content-Encoding', chosen)
  ctx.body = variant
}

function readBuilt(folder: string): Map<string, BuiltFile> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = new Map<string, BuiltFile>()
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const [, stem = '', suffix = ''] =
      /^(.*?)(\.br|\.gz)?$/.exec(relative(folder, path).split(sep).join('/')) ?? []
    if (stem.startsWith('.')) continue
    const file = files.get(stem) ?? { etag: '', variants: {} }
    const bytes = readFileSync(path)
    file.variants[suffixes[suffix] ?? 'identity'] = bytes
    if (suffix === '') file.etag = createHash('sha256').update(bytes).digest('base64url').slice(0, 16)
    files.set(stem, file)
  }
  return files
}
