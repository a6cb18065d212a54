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
  /** Puts the database back to the seeded people, where there is one for everybody. */
  reset(): Promise<void>
  stop(): Promise<void>
}

export interface Twin extends Server {
  /** Ids of new sandboxes, each with the seeded people. */
  sandboxes(count: number): Promise<string[]>
  /** Microseconds of processor time since it began, threads included. */
  processorTime(): Promise<number>
}

export interface Bare extends Server {
  answerWith(answer: FixedAnswer): Promise<void>
}

export interface Original extends Server {
  versions: { python: string; packages: Record<string, string> }
}

/** Settings that the built app is measured with. One address asks all there is to ask: no limit may be reached. */
const SETTINGS = {
  /** As quiet as the original is under uvicorn's log level `error`, and no requests are counted, as there. */
  quiet: { LOG_LEVEL: 'error', RATE_LIMIT: '0' },
  /** As `npm start` runs it: each request is counted for its address and leaves a line in the log. */
  whole: { LOG_LEVEL: 'info', RATE_LIMIT: '1000000' },
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
      const made: string[] = []
      while (made.length < count) {
        const answer = await fetch(`${origin}/api/sandbox`)
        made.push(z.object({ id: z.string() }).parse(await answer.json()).id)
      }
      return made
    },
    async processorTime() {
      const { user, system } = z
        .object({ user: z.number(), system: z.number() })
        .parse(await said(child, 'cpu'))
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
    answerWith: async (answer) => void (await said(child, answer)),
    reset: async () => undefined,
    stop: () => end(child),
  }
}

/**
 * The Python project under uvicorn, one worker: with the packages that it names, and with those of `uvicorn[standard]`, which bring an event
 * loop and an HTTP parser in C. None and a line where this machine has no Python for it.
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

/** A client that acknowledges late holds a server with Nagle's algorithm for 40 ms, an answer each. */
const DELAYED_MS = 30

/** @throws {BenchFault} when each answer of the server waits for an acknowledgement: it would be measured, and not the server */
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
      `${origin} needs ${fastest.toFixed(0)} ms at least: its connections lack TCP_NODELAY.`,
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
    throw new BenchFault(`${name} ended with code ${String(code)} before it listened.`)
  })
  exited.catch(() => undefined)
  const [port] = (await Promise.race([once(child, 'message'), exited])) as unknown[]
  return { child, origin: `http://127.0.0.1:${String(port)}` }
}

async function said(child: ChildProcess, message: 'cpu' | FixedAnswer): Promise<unknown> {
  const answered = once(child, 'message')
  child.send(message)
  return ((await answered) as unknown[])[0]
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.disconnect()
  await exited
}
