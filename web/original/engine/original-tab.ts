import type { z } from 'zod'
import {
  HANG_LIMIT_MS,
  type BootProgress,
  type OriginalTab,
  type OriginalVersions,
} from '#contract/original-tab/engine.ts'
import { OriginalFault } from '#contract/original-tab/fault.ts'
import { projectFiles } from '../project-files.ts'
import { findBundle, whyNotLoaded } from './find-bundle.ts'
import type { CallName, Calls, StartMessage } from './protocol.ts'
import { Message, RESULTS } from './replies.ts'
import { hungSentence, sentenceOf } from './sentences.ts'

/** A device that started the project slowly may take so many times as long for an edit before that counts as an endless loop. */
const SLOW_DEVICE = 4
const MAX_HANG_LIMIT_MS = 60_000

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

/** A call without its result. */
interface Waiting {
  receive: (gives: unknown) => void
  reject: (fault: OriginalFault) => void
}

const unreadable = (): OriginalFault =>
  new OriginalFault('failed', sentenceOf('failed', 'What it sent can’t be read.'))

function startWorker(address: string, hangLimitMs: number, listener: Listener): Running {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const { port1: port, port2 } = new MessageChannel()
  const waiting = new Map<number, Waiting>()
  let [lastId, ended, booted] = [0, false, false]
  let [projectStartedAt, limitMs] = [0, hangLimitMs]
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
    watchdog = setTimeout(() => end(new OriginalFault('hung', hungSentence(limitMs))), limitMs)
  }

  worker.addEventListener('error', async ({ message }: Partial<ErrorEvent>) => {
    // A script that can't be loaded has no message.
    const isMemory = /memory|allocation/i.test(message ?? '')
    const kind = isMemory ? 'memory' : message ? 'failed' : await whyNotLoaded()
    end(new OriginalFault(kind, sentenceOf(kind, message)))
  })
  const receive = (message: z.infer<typeof Message>): void => {
    if (message.kind === 'fault') {
      // The harness reports what goes wrong in the project. What gets past it has left Python in no state to go on.
      end(new OriginalFault(message.fault, sentenceOf(message.fault, message.message)))
    } else if (message.kind === 'result') {
      const asked = waiting.get(message.id)
      if (asked === undefined) return
      waiting.delete(message.id)
      watch()
      asked.receive(message.gives)
    } else if (booted) {
      return
    } else if (message.kind === 'booted') {
      booted = true
      // The start of the project is the same work that an edit is.
      const startMs = performance.now() - projectStartedAt
      limitMs = Math.max(hangLimitMs, Math.min(SLOW_DEVICE * startMs, MAX_HANG_LIMIT_MS))
      listener.onBooted(message.versions)
    } else {
      if (message.progress.stage === 'project') projectStartedAt = performance.now()
      listener.onProgress(message.progress)
    }
  }
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = Message.safeParse(data)
    if (message.success) receive(message.data)
    else end(unreadable())
  }
  const start: StartMessage = { address, files: projectFiles }
  worker.postMessage(start, [port2])

  return {
    end,
    call: (name, takes) =>
      new Promise((resolve, reject) => {
        lastId += 1
        const receiveResult = (gives: unknown): void => {
          const result = RESULTS[name].safeParse(gives)
          if (result.success) return resolve(result.data)
          reject(unreadable())
          end(unreadable())
        }
        waiting.set(lastId, { receive: receiveResult, reject })
        port.postMessage({ id: lastId, call: name, takes })
        if (waiting.size === 1) watch()
      }),
  }
}
