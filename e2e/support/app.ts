import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'

let current: Promise<string> | undefined

/** The build that the whole run of tests began with, so that an edit meanwhile doesn't mix two. */
export function currentBuild(): Promise<string> {
  const { VIVA_BUILD } = process.env
  return (current ??= VIVA_BUILD === undefined ? ensureBuilt() : Promise.resolve(VIVA_BUILD))
}

export interface StartOptions {
  /** By default a temporary folder, which `remove` deletes. */
  dataDir?: string
  env?: NodeJS.ProcessEnv
  /** The folder of another build than that of these sources. */
  build?: string
  /** A command that runs the app, such as `['strace', '-f']`. */
  under?: readonly string[]
}

/** The built app in a process of its own, on a free port of loopback. */
export class App {
  readonly process: ChildProcess
  readonly dataDir: string
  /** Resolves with the address once it is listening; rejects if it exits before. */
  readonly listening: Promise<string>
  readonly ended: Promise<number | null>
  /** What it wrote to stderr so far. */
  log = ''
  #origin = ''
  readonly #ownFolder: boolean

  constructor(dataDir: string, ownFolder: boolean, build: string, { env = {}, under = [] }: StartOptions) {
    this.dataDir = dataDir
    this.#ownFolder = ownFolder
    const [command = '', ...args] = [...under, process.execPath, join(build, 'server/index.js')]
    this.process = spawn(command, args, {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'warn',
        DATA_DIR: dataDir,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.process.stderr?.on('data', (chunk: Buffer) => (this.log += chunk.toString()))
    this.ended = once(this.process, 'close').then(([code]) => code as number | null)
    this.listening = this.#listening()
    this.listening.catch(() => undefined)
  }

  /** Its address; it must be listening. */
  get origin(): string {
    return this.#origin
  }

  /** Sends SIGTERM. @returns the exit code, null if a signal ended it */
  async stop(): Promise<number | null> {
    this.process.kill('SIGTERM')
    return this.ended
  }

  /** Sends SIGKILL and waits for the end. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL')
    await this.ended
  }

  /** Kills it and deletes its temporary data folder. */
  async remove(): Promise<void> {
    await this.kill()
    if (this.#ownFolder) await rm(this.dataDir, { recursive: true, force: true })
  }

  #listening(): Promise<string> {
    return new Promise((done, fail) => {
      let output = ''
      this.process.stdout?.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        const port = /Viva is at http:\/\/\S+:(\d+)\n/.exec(output)?.[1]
        if (port === undefined) return
        this.#origin = `http://127.0.0.1:${port}`
        done(this.#origin)
      })
      void this.ended.then((code) => fail(new Error(`ended with ${code} before it listened: ${this.log}`)))
    })
  }
}

/** Starts the app, listening or not: for tests of the start itself. */
export async function spawnApp(options: StartOptions = {}): Promise<App> {
  const { dataDir, build = await currentBuild() } = options
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'viva-app-')))
  return new App(folder, dataDir === undefined, build, options)
}

/** Starts the app and waits until it listens. */
export async function startApp(options: StartOptions = {}): Promise<App> {
  const app = await spawnApp(options)
  await app.listening
  return app
}
