import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { RECORDING_SECRET, type Target } from '../replay/recording.ts'

const Greeting = z.object({
  port: z.int(),
  python: z.string(),
  packages: z.record(z.string(), z.string()),
  startUp: z.array(z.string()),
})

export interface Original extends Target {
  /** The path of the Python that runs it. */
  python: string
  /** Versions of Python and of the packages. */
  versions: { python: string; packages: Record<string, string> }
  /** What its engine did before the first request: connections, statements and ends of transactions. */
  startUp: string[]
  /** The next entry of its log since the last reset: the first and the last line. */
  logged(): Promise<string>
  stop(): Promise<void>
}

/**
 * Starts the Python project under uvicorn, on a free loopback port with a database of its own.
 * @param python a Python that has the project's packages
 * @param project the folder of main.py
 * @param packages whose versions to report
 * @throws Error with Python's error output, if it exits before it listens
 */
export async function startOriginal(python: string, project: string, packages: string[]): Promise<Original> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-original-'))
  const script = join(import.meta.dirname, 'serve.py')
  const child = spawn(python, [script, join(folder, 'viva.db'), packages.join(',')], {
    cwd: folder,
    env: {
      ...process.env,
      PYTHONPATH: project,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUTF8: '1',
      JWT_SECRET: RECORDING_SECRET,
      SEED: '1',
    },
  })
  let errorOutput = ''
  child.stderr.on('data', (chunk) => (errorOutput += chunk))
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`the original exited: ${errorOutput}`)
    return JSON.parse(value) as unknown
  }

  const stop = async () => {
    child.stdin.end()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const { port, startUp, ...versions } = Greeting.parse(await nextLine())
    const ask = (command: 'seed' | 'log') => {
      child.stdin.write(`${command}\n`)
      return nextLine()
    }
    return {
      python,
      origin: `http://127.0.0.1:${port}`,
      versions,
      startUp,
      reset: async () => void (await ask('seed')),
      logged: async () => z.string().parse(await ask('log')),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
