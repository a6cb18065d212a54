import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { addOffline } from '../../vite/offline.ts'
import { currentBuild, startApp, type App, type StartOptions } from './app.ts'

const root = resolve(import.meta.dirname, '../..')

/** One address on which one build after another is served, as after an operator's updates. */
export class Deploys {
  #app: App
  readonly #folders: string[] = []

  private constructor(app: App) {
    this.#app = app
  }

  /** Starts with the build of these sources. */
  static async start(): Promise<Deploys> {
    return new Deploys(await startApp())
  }

  get origin(): string {
    return this.#app.origin.replace('127.0.0.1', 'localhost')
  }

  /** Ends the server; its data stay. */
  async stop(): Promise<void> {
    await this.#app.kill()
  }

  /** Replaces the server by another one on the same address. */
  async serve(options: Pick<StartOptions, 'build' | 'env'> = {}): Promise<void> {
    await this.stop()
    const { port } = new URL(this.origin)
    const { dataDir } = this.#app
    this.#app = await startApp({ ...options, dataDir, env: { ...options.env, PORT: port } })
    this.#folders.push(dataDir)
  }

  /**
   * A build that differs from the one of these sources: the chunk of the glossary has another name.
   * @returns its folder
   */
  async nextBuild(): Promise<string> {
    // Within the project, where the server finds its packages.
    await mkdir(join(root, 'node_modules/.viva'), { recursive: true })
    const folder = await mkdtemp(join(root, 'node_modules/.viva/next-'))
    this.#folders.push(folder)
    await cp(await currentBuild(), folder, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) })
    const client = join(folder, 'client')
    const chunk = (await readdir(join(client, 'assets'))).find((name) => /^GlossaryPage-.*\.js$/.test(name))
    if (chunk === undefined) throw new Error('the glossary has no chunk of its own')
    await rename(join(client, 'assets', chunk), join(client, 'assets', 'GlossaryPage-another1.js'))
    for (const name of await readdir(client, { recursive: true })) {
      if (!/\.(js|html|json)$/.test(name)) continue
      const text = await readFile(join(client, name), 'utf8')
      if (text.includes(chunk))
        await writeFile(join(client, name), text.replaceAll(chunk, 'GlossaryPage-another1.js'))
    }
    await addOffline(client)
    return folder
  }

  /** Ends the server and deletes what it and the builds left. */
  async close(): Promise<void> {
    await this.#app.remove()
    await Promise.all(this.#folders.map((folder) => rm(folder, { recursive: true, force: true })))
  }
}
