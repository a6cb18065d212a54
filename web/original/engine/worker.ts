import bcryptjs from 'bcryptjs'
import type { loadPyodide } from 'pyodide'
import { MAX_MEMORY_BYTES, type BootProgress } from '#contract/original-tab/engine.ts'
import inProcess from '../../../original/facts/in_process.py?raw'
import { NO_PACKAGES, startEngine, type Engine } from '../../../original/tab/engine.ts'
import { Download, DownloadFailed, load } from './download.ts'
import { limitMemory } from './limit-memory.ts'
import type { CallMessage, StartMessage, WorkerMessage } from './protocol.ts'
import { seal } from './seal.ts'

const harness = import.meta.glob<string>('../../../original/tab/harness/*.py', {
  query: '?raw',
  import: 'default',
  eager: true,
})

// With these, Pyodide would let others run while Python sleeps, which no real process does.
for (const name of ['Suspending', 'promising', 'SuspendError']) Reflect.deleteProperty(WebAssembly, name)
limitMemory(MAX_MEMORY_BYTES)

self.onmessage = (event: MessageEvent<StartMessage>) => {
  const [port] = event.ports
  if (port === undefined) return
  // Nothing that is left in this worker's global scope knows of the port.
  const reply = (message: WorkerMessage): void => port.postMessage(message)
  boot(event.data, (progress) => reply({ kind: 'progress', progress })).then(
    ({ engine }) => {
      port.onmessage = ({ data }: MessageEvent<CallMessage>) => void answer(engine, data, reply)
      reply({ kind: 'booted', versions: engine.versions })
    },
    (error: unknown) => reply(faultOf(error, 0)),
  )
}

async function boot(
  { address, files }: StartMessage,
  report: (progress: BootProgress) => void,
): Promise<{ engine: Engine }> {
  const stage = (name: BootProgress['stage']): void => report({ stage: name, doneBytes: 0, totalBytes: 0 })
  const download = await Download.of(address, report)
  const base = new URL(address, self.location.origin).href
  const [site, pydanticCore, stdlib, wasm] = await Promise.all([
    download.bytes('site.zip'),
    download.bytes('pydantic_core.so'),
    download.bytes('stdlib.zip'),
    download.bytes('pyodide.asm.wasm'),
  ])
  stage('python')
  const python = await withFiles({ 'stdlib.zip': stdlib, 'pyodide.asm.wasm': wasm }, async () => {
    const script = `${base}pyodide.mjs`
    const pyodide = (await import(/* @vite-ignore */ script).catch(async (error: unknown) => {
      await load(script)
      throw new DownloadFailed('offline', `${script} can't be imported`, { cause: error })
    })) as { loadPyodide: typeof loadPyodide }
    return pyodide.loadPyodide({
      indexURL: base,
      stdLibURL: `${base}stdlib.zip`,
      lockFileContents: NO_PACKAGES,
    })
  })
  stage('packages')
  const named = Object.entries(harness).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text])
  const parts = {
    site,
    pydanticCore,
    inProcess,
    harness: Object.fromEntries(named) as Record<string, string>,
    bcryptjs,
  }
  const engine = startEngine(python, parts)
  const left = seal()
  if (left.length > 0) throw new Error(`the worker can't be closed off: ${left.join(', ')}`)
  stage('project')
  const started = await engine.apply(files, false)
  if (!started.ok) throw new Error(started.error.traceback)
  return { engine }
}

/** Runs `use` while `fetch` answers with files that are here already. */
async function withFiles<T>(files: Record<string, Uint8Array>, use: () => Promise<T>): Promise<T> {
  const real = self.fetch
  self.fetch = (input, options) => {
    const address = input instanceof Request ? input.url : String(input)
    const name = address.slice(address.lastIndexOf('/') + 1)
    const content = files[name]
    if (content === undefined) return real(input, options)
    const type = name.endsWith('.wasm') ? 'application/wasm' : 'application/zip'
    return Promise.resolve(
      new Response(content as Uint8Array<ArrayBuffer>, { headers: { 'Content-Type': type } }),
    )
  }
  try {
    return await use()
  } finally {
    self.fetch = real
  }
}

async function answer(
  engine: Engine,
  message: CallMessage,
  reply: (message: WorkerMessage) => void,
): Promise<void> {
  try {
    reply({ kind: 'result', id: message.id, gives: await resultOf(engine, message) })
  } catch (error) {
    reply({ ...faultOf(error, engine.memoryBytes()), id: message.id })
  }
}

async function resultOf(engine: Engine, message: CallMessage) {
  switch (message.call) {
    case 'send':
      return engine.send(message.takes.request, message.takes.traceLines)
    case 'apply':
      return engine.apply(message.takes.files, message.takes.keepData)
    case 'reset':
      await engine.reset()
      return null
    case 'rows':
      return engine.rows()
    case 'runFact':
      return engine.runFact(message.takes.code)
    case 'memory':
      return engine.memoryBytes()
  }
}

/** @param memoryBytes what Python has taken */
function faultOf(error: unknown, memoryBytes: number): Extract<WorkerMessage, { kind: 'fault' }> {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof DownloadFailed) return { kind: 'fault', fault: error.kind, message }
  // Compiled code that gets no memory aborts, and says nothing of the kind.
  const isFull = memoryBytes > 0.9 * MAX_MEMORY_BYTES
  const memory = /out of memory|MemoryError|allocation failed|Cannot enlarge memory/i.test(message)
  return { kind: 'fault', fault: memory || isFull ? 'memory' : 'failed', message }
}
