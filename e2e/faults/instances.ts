import { onTestFinished } from 'vitest'
import { asked, makeDatabase } from '../../server/storage/testing/postgres.ts'
import type { App } from '../support/app.ts'
import { testApp } from '../support/test-app.ts'

const KILL_CONNECTIONS = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`

/** Instances of the app on one database. */
export class Instances {
  readonly apps: App[] = []
  readonly #url: string
  #turn = 0

  private constructor(url: string) {
    this.#url = url
  }

  /** Both start at the same moment and find an empty database, which is dropped when the test is over. */
  static async two(): Promise<Instances> {
    const { url, drop } = await makeDatabase()
    onTestFinished(drop)
    const instances = new Instances(url)
    instances.apps.push(...(await Promise.all([instances.#start(), instances.#start()])))
    return instances
  }

  /** The address whose turn it is, as a round robin gives them out; what has been killed stays in it. */
  get origin(): string {
    this.#turn += 1
    return this.apps[this.#turn % this.apps.length]?.origin ?? ''
  }

  /** Asks the one whose turn it is. */
  ask(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.origin + path, { redirect: 'manual', ...init })
  }

  /** SIGKILL to one of them, and a new one in its place after so many milliseconds. */
  async replace(index: number, after: number): Promise<void> {
    await this.apps[index]?.kill()
    await new Promise((done) => setTimeout(done, after))
    this.apps[index] = await this.#start()
  }

  /** Ends every connection to the database, as its restart does. */
  killConnections(): Promise<void> {
    return asked(this.#url, KILL_CONNECTIONS)
  }

  #start(): Promise<App> {
    const env = {
      DATABASE_URL: this.#url,
      JWT_SECRET: 'the same for both, and long enough for it',
      LOG_LEVEL: 'error',
      RATE_LIMIT: '0',
    }
    return testApp({ env })
  }
}
