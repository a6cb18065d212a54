import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '..')
const source = join(root, 'server/workers')
const target = join(root, 'node_modules/.viva/workers')

/** The workers' entry files by name: every module of `server/workers/` except `worker-url.ts` and tests. */
export async function workerEntries(): Promise<Record<string, string>> {
  const files = await readdir(source)
  const workers = files.filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'worker-url.ts',
  )
  return Object.fromEntries(workers.map((file) => [file.slice(0, -3), join(source, file)]))
}

/** Builds the workers as JavaScript for development and tests, where the rest of the server runs from its source. */
export async function buildWorkers(): Promise<void> {
  const input = await workerEntries()
  if (Object.keys(input).length === 0) return
  const result = await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: true,
      write: false,
      target: 'node20',
      rollupOptions: { input, output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  })
  const outputs = Array.isArray(result) ? result : [result]
  for (const { output } of outputs as { output: { fileName: string; code?: string }[] }[]) {
    for (const { fileName, code } of output)
      if (code !== undefined) await writeWhole(join(target, fileName), code)
  }
}

/** Writes a file in one step: several test runs may build at once, and a worker must never load half a file. */
async function writeWhole(file: string, code: string): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => undefined)
  if (before === code) return
  await mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.${process.pid}`
  await writeFile(temporary, code)
  await rename(temporary, file)
}

/** Vitest's global setup. */
export default buildWorkers
