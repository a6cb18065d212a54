import { randomBytes } from 'node:crypto'
import { Agent } from 'node:http'
import { sendRaw } from '../e2e/support/send-raw.ts'

export type Kind = 'read' | 'own' | 'trace' | 'create' | 'login'

/** The server closes idle connections after five seconds, so they are dropped before that. */
const agent = new Agent({ keepAlive: true, timeout: 3_000 })
const READS = ['/users/?limit=10', '/users/1', '/users/?skip=1&limit=2', '/items', '/users/2']
const PASSWORD = 'three green boats'
/** Between two requests of one user, on average. */
const MEAN_PAUSE_MS = 1_000
/** The share of each kind; the rest are reads. Hashing a password takes a core some 60 ms. */
const SHARES: [Kind, number][] = [
  ['create', 0.015],
  ['login', 0.02],
  ['trace', 0.1],
  ['own', 0.15],
]

/** A user with a sandbox and an account of their own. */
export class SoakUser {
  readonly #origin: string
  readonly #sandbox: string
  readonly #email: string
  #token = ''
  #traceId = ''
  #created = 0

  private constructor(origin: string, sandbox: string) {
    this.#origin = origin
    this.#sandbox = sandbox
    this.#email = `soak-${sandbox}@example.com`
  }

  static async arrive(origin: string): Promise<SoakUser> {
    const { id } = (await (await fetch(`${origin}/api/sandbox`)).json()) as { id: string }
    const user = new SoakUser(origin, id)
    await user.#create(user.#email)
    await user.#login()
    return user
  }

  /** Sends requests until then, with pauses. @param onResponse is called for each response, with how long it took */
  async live(until: number, onResponse: (kind: Kind, ms: number, status: number) => void): Promise<void> {
    // Users don't all start at the same moment.
    await sleep(Math.random() * MEAN_PAUSE_MS)
    while (Date.now() < until) {
      const kind = randomKind()
      const began = performance.now()
      const status = await this.#do(kind)
      onResponse(kind, performance.now() - began, status)
      await sleep(MEAN_PAUSE_MS * (0.5 + Math.random()))
    }
  }

  async #do(kind: Kind): Promise<number> {
    if (kind === 'login') return this.#login()
    if (kind === 'own') return (await this.#send('GET', '/users/me')).status
    if (kind === 'trace' && this.#traceId !== '') {
      return (await this.#send('GET', `/api/traces/${this.#traceId}`)).status
    }
    if (kind === 'create') {
      this.#created += 1
      return this.#create(`${this.#created}-${this.#email}`)
    }
    this.#traceId = randomBytes(16).toString('hex')
    const path = READS[Math.floor(Math.random() * READS.length)] ?? '/items'
    return (await this.#send('GET', path, { traceparent: `00-${this.#traceId}-00f067aa0ba902b7-01` })).status
  }

  async #create(email: string): Promise<number> {
    const body = JSON.stringify({ name: 'Soak', email, password: PASSWORD })
    return (await this.#send('POST', '/users/', { 'Content-Type': 'application/json' }, body)).status
  }

  async #login(): Promise<number> {
    const form = new URLSearchParams({ username: this.#email, password: PASSWORD }).toString()
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const { status, body } = await this.#send('POST', '/login', type, form)
    if (status === 200) this.#token = (JSON.parse(body) as { access_token: string }).access_token
    return status
  }

  #send(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
    const token: Record<string, string> = this.#token === '' ? {} : { Authorization: `Bearer ${this.#token}` }
    return sendRaw(this.#origin, {
      ...{ agent, method, path, headers: { 'X-Sandbox': this.#sandbox, ...token, ...headers } },
      ...(body === undefined ? {} : { body }),
    })
  }
}

function randomKind(): Kind {
  let dice = Math.random()
  for (const [kind, share] of SHARES) {
    if (dice < share) return kind
    dice -= share
  }
  return 'read'
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
