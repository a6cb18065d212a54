import {
  HANG_LIMIT_MS,
  type BootProgress,
  type OriginalTab,
  type OriginalVersions,
} from '#contract/original-tab/engine.ts'
import { OriginalFault } from '#contract/original-tab/fault.ts'
import { projectFiles } from '../project-files.ts'
import { findBundle } from './find-bundle.ts'
import type { CallName, Calls, StartMessage, WorkerMessage } from './protocol.ts'
import { sentenceOf } from './sentences.ts'

interface Options {
  /** Tests shorten it. */
  hangLimitMs?: number
}

/** One worker, from its start to its end. */
interface Running {
  call: <Name extends CallName>(name: Name, takes: Calls[Name]['takes']) => Promise<Calls[Name]['gives']>
  end: (fault: OriginalFault) => void
}

/** The original in this tab. Nothing is loaded before `boot`. */
export function openOriginal({ hangLimitMs = HANG_LIMIT_MS }: Options = {}): OriginalTab & {
  /** Bytes of memory that Python has taken in the worker. */
  memoryBytes: () => Promise<number>
} {
  let running: Running | undefined
  let booting: Promise<OriginalVersions> | undefined

  const call = <Name extends CallName>(name: Name, takes: Calls[Name]['takes']) => {
    if (running === undefined || booting === undefined)
      return Promise.reject(new OriginalFault('closed', sentenceOf('closed')))
    return running.call(name, takes)
  }

  const boot = async (onProgress: (progress: BootProgress) => void, signal?: AbortSignal) => {
    const bundle = await findBundle(signal)
    return new Promise<OriginalVersions>((resolve, reject) => {
      const started = startWorker(bundle.address, hangLimitMs, {
        onProgress,
        onBooted: resolve,
        onEnd: (fault) => {
          if (running === started) [running, booting] = [undefined, undefined]
          reject(fault)
        },
      })
      running = started
      const cancel = (): void => started.end(new OriginalFault('cancelled', sentenceOf('cancelled')))
      if (signal?.aborted) cancel()
      else signal?.addEventListener('abort', cancel, { once: true })
    })
  }

  return {
    boot: (onProgress = () => undefined, signal) => {
      booting ??= boot(onProgress, signal).catch((error: unknown) => {
        booting = undefined
        throw error
      })
      return booting
    },
    send: (request, { traceLines = false } = {}) => call('send', { request, traceLines }),
    apply: (files, { keepData }) => call('apply', { files: { ...projectFiles, ...files }, keepData }),
    reset: async () => void (await call('reset', null)),
    rows: () => call('rows', null),
    runFact: (code) => call('runFact', { code }),
    memoryBytes: () => call('memory', null),
    close: () => running?.end(new OriginalFault('closed', sentenceOf('closed'))),
  }
}

interface Listener {
  onProgress: (progress: BootProgress) => void
  onBooted: (versions: OriginalVersions) => void
  onEnd: (fault: OriginalFault) => void
}

function startWorker(address: string, hangLimitMs: number, listener: Listener): Running {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const { port1: port, port2 } = new MessageChannel()
  const waiting = new Map<
    number,
    { resolve: (value: never) => void; reject: (fault: OriginalFault) => void }
  >()
  let [lastId, ended] = [0, false]
  let watchdog: ReturnType<typeof setTimeout> | undefined

  const end = (fault: OriginalFault): void => {
    if (ended) return
    ended = true
    clearTimeout(watchdog)
    worker.terminate()
    port.close()
    listener.onEnd(fault)
    for (const { reject } of waiting.values()) reject(fault)
    waiting.clear()
  }
  /** Every sign of life starts it anew: several slow requests are no endless loop. */
  const watch = (): void => {
    clearTimeout(watchdog)
    if (waiting.size === 0) return
    watchdog = setTimeout(() => end(new OriginalFault('hung', sentenceOf('hung'))), hangLimitMs)
  }

  worker.addEventListener('error', ({ message }) => {
    const kind = /memory|allocation/i.test(message) ? 'memory' : navigator.onLine ? 'failed' : 'offline'
    end(new OriginalFault(kind, sentenceOf(kind, message)))
  })
  port.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
    if (data.kind === 'progress') return listener.onProgress(data.progress)
    if (data.kind === 'booted') return listener.onBooted(data.versions)
    const { id } = data
    const asked = id === undefined ? undefined : waiting.get(id)
    if (id !== undefined) waiting.delete(id)
    watch()
    if (data.kind === 'result') return asked?.resolve(data.gives as never)
    const fault = new OriginalFault(data.fault, sentenceOf(data.fault, data.message))
    // The harness reports what goes wrong in the project. What gets past it has left Python in no state to go on.
    asked?.reject(fault)
    end(fault)
  }
  const start: StartMessage = { address, files: projectFiles }
  worker.postMessage(start, [port2])

  return {
    end,
    call: (name, takes) =>
      new Promise((resolve, reject) => {
        lastId += 1
        waiting.set(lastId, { resolve, reject })
        port.postMessage({ id: lastId, call: name, takes })
        if (waiting.size === 1) watch()
      }),
  }
}
