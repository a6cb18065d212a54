import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../../..')
// Test files run side by side, each with a build of its own.
const outDir = join(root, `node_modules/.viva/testing-${process.pid}`)

/**
 * Node 20 can't run TypeScript: the child is built first, where it finds its packages.
 * @returns what removes it again
 */
export async function buildChild(): Promise<() => Promise<void>> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: join(import.meta.dirname, 'child.ts'),
      outDir,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'storage-child.js' } },
    },
  })
  return () => rm(outDir, { recursive: true, force: true })
}

export class Child {
  readonly #process: ChildProcess
  readonly ended: Promise<unknown>
  out = ''
  error = ''

  constructor(dataDir: string, task: 'hold' | 'write') {
    this.#process = spawn(process.execPath, [join(outDir, 'storage-child.js'), dataDir, task])
    this.#process.stdout?.on('data', (text) => (this.out += String(text)))
    this.#process.stderr?.on('data', (text) => (this.error += String(text)))
    this.ended = once(this.#process, 'close')
  }

  get pid(): number {
    return this.#process.pid ?? 0
  }

  ready(): Promise<void> {
    return this.#waitForWord('ready\n')
  }

  /** Resolves when it has opened the folder at that moment, or was refused. */
  async open(moment = Date.now()): Promise<void> {
    await this.ready()
    this.#process.stdin?.write(String(moment))
    await this.#waitForWord('open\n')
  }

  /** Resolves when it has printed so many lines, or has ended. */
  printed(lines: number): Promise<void> {
    return this.#until(() => this.out.split('\n').length > lines)
  }

  get runs(): boolean {
    return this.out.includes('open\n')
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.ended
  }

  #waitForWord(word: string): Promise<void> {
    return this.#until(() => this.out.includes(word))
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition() && this.#process.exitCode === null) {
      await Promise.race([this.ended, once(this.#process.stdout!, 'data')])
    }
  }
}
