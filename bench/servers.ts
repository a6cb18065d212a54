import { fork, type ChildProcess, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { sendRaw } from '../e2e/support/send-raw.ts'
import { startProject } from '../original/record/ask-all.ts'
import { NoPython } from '../original/record/python.ts'
import { BenchFault } from './bench-fault.ts'
import { BUILT } from './build-servers.ts'
import { fastestPython } from './fastest-python.ts'
import type { FixedAnswer } from './serve-bare.ts'

export interface Server {
  origin: string
  /** Resets the database to the seeded people, if there is one for all. */
  reset(): Promise<void>
  stop(): Promise<void>
}

export interface Twin extends Server {
  /** Ids of new sandboxes, each with the seeded people. */
  sandboxes(count: number): Promise<string[]>
  /** Microseconds of CPU time since it started, threads included. */
  processorTime(): Promise<number>
}

export interface Bare extends Server {
  answerWith(answer: FixedAnswer): Promise<void>
}

export interface Original extends Server {
  versions: { python: string; packages: Record<string, string> }
}

/** Settings that the built app is measured with. All requests come from one address, so no limit may be reached. */
const SETTINGS = {
  /** Like the original under uvicorn's log level `error`: a quiet log, and no counting of requests. */
  quiet: { LOG_LEVEL: 'error', RATE_LIMIT: '0' },
  /** Like `npm start`: each request is counted for its address and logged. */
  likeStart: { LOG_LEVEL: 'info', RATE_LIMIT: '1000000' },
}

/** The built app in one process, with a data folder of its own; its log is a file in it. */
export async function startTwin(
  tracing: 'traced' | 'untraced',
  settings: keyof typeof SETTINGS,
): Promise<Twin> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-bench-'))
  const log = await open(join(folder, 'log'), 'a')
  const { child, origin } = await start('serve-twin', [folder, tracing], SETTINGS[settings], log.fd)
  await log.close()
  return {
    origin,
    async sandboxes(count) {
      const ids: string[] = []
      while (ids.length < count) {
        const answer = await fetch(`${origin}/api/sandbox`)
        ids.push(z.object({ id: z.string() }).parse(await answer.json()).id)
      }
      return ids
    },
    async processorTime() {
      const { user, system } = z
        .object({ user: z.number(), system: z.number() })
        .parse(await replyOf(child, 'cpu'))
      return user + system
    },
    async reset() {
      const answer = await fetch(`${origin}/api/sandbox/reset`, { method: 'POST' })
      if (!answer.ok) throw new BenchFault(`The sandbox can't be reset: ${answer.status}.`)
    },
    async stop() {
      await end(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** `node:http` and nothing else. */
export async function startBare(): Promise<Bare> {
  const { child, origin } = await start('serve-bare', [])
  return {
    origin,
    answerWith: async (answer) => void (await replyOf(child, answer)),
    reset: async () => undefined,
    stop: () => end(child),
  }
}

/**
 * The Python project under uvicorn with one worker: once with its own packages, and once with those of `uvicorn[standard]`, which bring
 * an event loop and an HTTP parser in C. Null, with a printed line, if this machine has no Python for it.
 */
export async function startOriginals(): Promise<{ plain: Original; standard: Original } | null> {
  try {
    const command = await fastestPython()
    const plain = await startProject(undefined, command)
    const standard = await startProject(join(import.meta.dirname, 'requirements.txt'), command).catch(
      async (error: unknown) => {
        await plain.stop()
        throw error
      },
    )
    return { plain, standard }
  } catch (error) {
    if (!(error instanceof NoPython)) throw error
    console.log(`Left out, the Python original: ${error.message}`)
    return null
  }
}

/** Delayed acknowledgements of the client and Nagle's algorithm in the server add 40 ms to each response. */
const DELAYED_MS = 30

/** @throws {BenchFault} when each response waits for an acknowledgement: that would be measured instead of the server */
export async function expectPrompt({ origin }: Server): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const times: number[] = []
  while (times.length < 30) {
    const began = performance.now()
    await sendRaw(origin, { method: 'GET', path: '/items', headers: [], agent })
    times.push(performance.now() - began)
  }
  agent.destroy()
  const fastest = Math.min(...times)
  if (fastest > DELAYED_MS) {
    throw new BenchFault(
      `${origin} needs at least ${fastest.toFixed(0)} ms per request: its connections lack TCP_NODELAY.`,
    )
  }
}

async function start(
  name: string,
  args: string[],
  settings: Record<string, string> = {},
  stderr: number | 'inherit' = 'inherit',
): Promise<{ child: ChildProcess; origin: string }> {
  const env = { ...process.env, NODE_ENV: 'production', ...settings }
  const stdio: StdioOptions = ['ignore', 'inherit', stderr, 'ipc']
  const child = fork(join(BUILT, `${name}.js`), args, { env, execArgv: [], stdio })
  const exited = once(child, 'exit').then(([code]) => {
    throw new BenchFault(`${name} exited with code ${String(code)} before it listened.`)
  })
  exited.catch(() => undefined)
  const [port] = (await Promise.race([once(child, 'message'), exited])) as unknown[]
  return { child, origin: `http://127.0.0.1:${String(port)}` }
}

async function replyOf(child: ChildProcess, message: 'cpu' | FixedAnswer): Promise<unknown> {
  const reply = once(child, 'message')
  child.send(message)
  return ((await reply) as unknown[])[0]
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.disconnect()
  await exited
}
