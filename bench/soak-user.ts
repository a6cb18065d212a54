import { randomBytes } from 'node:crypto'
import { Agent } from 'node:http'
import { sendRaw } from '../e2e/support/send-raw.ts'

export type Kind = 'read' | 'own' | 'trace' | 'create' | 'login'

/** The server closes what is silent for five seconds: a request must not meet that. */
const agent = new Agent({ keepAlive: true, timeout: 3_000 })
const READS = ['/users/?limit=10', '/users/1', '/users/?skip=1&limit=2', '/items', '/users/2']
const PASSWORD = 'three green boats'
/** Milliseconds between two requests of one person, on average. */
const PAUSE = 1_000
/** How often each is done; the rest are reads. Hashing a password takes a core some 60 ms. */
const SHARES: [Kind, number][] = [
  ['create', 0.015],
  ['login', 0.02],
  ['trace', 0.1],
  ['own', 0.15],
]

/** Somebody with a sandbox and an account of their own. */
export class SoakUser {
  readonly #origin: string
  readonly #sandbox: string
  readonly #email: string
  #token = ''
  #traceId = ''
  #made = 0

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

  /** Goes on until then, with pauses. @param took is told of each answer, with how many milliseconds it took */
  async live(until: number, took: (kind: Kind, ms: number, status: number) => void): Promise<void> {
    // People don't begin in the same moment.
    await sleep(Math.random() * PAUSE)
    while (Date.now() < until) {
      const kind = chosen()
      const began = performance.now()
      const status = await this.#do(kind)
      took(kind, performance.now() - began, status)
      await sleep(PAUSE * (0.5 + Math.random()))
    }
  }

  async #do(kind: Kind): Promise<number> {
    if (kind === 'login') return this.#login()
    if (kind === 'own') return (await this.#ask('GET', '/users/me')).status
    if (kind === 'trace' && this.#traceId !== '') {
      return (await this.#ask('GET', `/api/traces/${this.#traceId}`)).status
    }
    if (kind === 'create') {
      this.#made += 1
      return this.#create(`${this.#made}-${this.#email}`)
    }
    this.#traceId = randomBytes(16).toString('hex')
    const path = READS[Math.floor(Math.random() * READS.length)] ?? '/items'
    return (await this.#ask('GET', path, { traceparent: `00-${this.#traceId}-00f067aa0ba902b7-01` })).status
  }

  async #create(email: string): Promise<number> {
    const body = JSON.stringify({ name: 'Soak', email, password: PASSWORD })
    return (await this.#ask('POST', '/users/', { 'Content-Type': 'application/json' }, body)).status
  }

  async #login(): Promise<number> {
    const form = new URLSearchParams({ username: this.#email, password: PASSWORD }).toString()
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const { status, body } = await this.#ask('POST', '/login', type, form)
    if (status === 200) this.#token = (JSON.parse(body) as { access_token: string }).access_token
    return status
  }

  #ask(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
    const token: Record<string, string> = this.#token === '' ? {} : { Authorization: `Bearer ${this.#token}` }
    return sendRaw(this.#origin, {
      ...{ agent, method, path, headers: { 'X-Sandbox': this.#sandbox, ...token, ...headers } },
      ...(body === undefined ? {} : { body }),
    })
  }
}

function chosen(): Kind {
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
