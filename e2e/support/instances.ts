import { runStatement, makeDatabase } from '../../server/storage/testing/make-database.ts'
import { startApp, type App } from './app.ts'

const KILL_CONNECTIONS = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`

/** Instances of the app that share a database of their own. `close` ends them and drops it. */
export class Instances {
  readonly apps: App[] = []
  readonly #url: string
  readonly #drop: () => Promise<void>
  #turn = 0

  private constructor({ url, drop }: { url: string; drop: () => Promise<void> }) {
    this.#url = url
    this.#drop = drop
  }

  /** Both start at the same moment and find an empty database. */
  static async two(): Promise<Instances> {
    const instances = new Instances(await makeDatabase())
    instances.apps.push(...(await Promise.all([instances.#start(), instances.#start()])))
    return instances
  }

  /** The next address in round-robin order; killed instances stay in it. */
  get origin(): string {
    this.#turn += 1
    return this.apps[this.#turn % this.apps.length]?.origin ?? ''
  }

  /** Sends a request to the next instance. */
  ask(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.origin + path, { redirect: 'manual', ...init })
  }

  /** Kills one of them; it stays in the round robin. */
  async kill(index: number): Promise<void> {
    await this.apps[index]?.kill()
  }

  /** Replaces a killed instance by a new one. */
  async restart(index: number): Promise<void> {
    this.apps[index] = await this.#start()
  }

  /** Ends every connection to the database, as a restart of it would. */
  killConnections(): Promise<void> {
    return runStatement(this.#url, KILL_CONNECTIONS)
  }

  async close(): Promise<void> {
    await Promise.all(this.apps.map((app) => app.remove()))
    await this.#drop()
  }

  #start(): Promise<App> {
    const env = {
      DATABASE_URL: this.#url,
      JWT_SECRET: 'the same for both, and long enough for it',
      LOG_LEVEL: 'error',
      RATE_LIMIT: '0',
    }
    return startApp({ env })
  }
}
