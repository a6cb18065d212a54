import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { startProject } from '../scripts/record/ask-all.ts'
import { NoPython } from '../scripts/record/python.ts'
import { BenchFault } from './bench-fault.ts'
import { BUILT } from './build-servers.ts'
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

/** The built app in one process, with a data folder of its own. */
export async function startTwin(tracing: 'traced' | 'untraced'): Promise<Twin> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-bench-'))
  const { child, origin } = await start('serve-twin', [folder, tracing])
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

/** The Python project under uvicorn, one worker; null and a line where this machine has no Python for it. */
export async function startOriginal(): Promise<Original | null> {
  try {
    return await startProject()
  } catch (error) {
    if (!(error instanceof NoPython)) throw error
    console.log(`Left out, the Python original: ${error.message}`)
    return null
  }
}

async function start(name: string, args: string[]): Promise<{ child: ChildProcess; origin: string }> {
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = fork(join(BUILT, `${name}.js`), args, { env, execArgv: [] })
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
