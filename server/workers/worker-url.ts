const runsFromSource = /\.ts(\?|$)/.test(import.meta.url)

/**
 * Where the JavaScript of a worker stands, for `new Worker(url)` or a pool's `filename`.
 *
 * Node 20 can't start a worker from TypeScript, so `server/workers/<name>.ts` is always built: beside the server's own
 * bundle for production, into `node_modules/.viva/workers` before development and tests begin (see `vite/workers.ts`).
 *
 * @param name the file's name in `server/workers/`, without `.ts`
 */
export function workerUrl(name: string): URL {
  const folder = runsFromSource ? '../../node_modules/.viva/workers/' : './workers/'
  return new URL(`${folder}${name}.js`, import.meta.url)
}
