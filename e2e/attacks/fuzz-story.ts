import type { RawAnswer } from '../support/send-raw.ts'
import fc from 'fast-check'
import { z } from 'zod'
import type { FuzzRequest } from './fuzz-client.ts'
import { jsonOf } from './fuzz-answers.ts'
import { valid } from './fuzz-values.ts'

/** A person as responses show them, with the password that the tests know. */
interface Person {
  id: number
  name: string
  email: string
  age: number | null
  bio: string | null
  password: string
}

export const Seeded = z.object({
  people: z.array(z.object({ id: z.number(), name: z.string(), email: z.string(), password: z.string() })),
})

/** One step of a visit. `who` and `as` choose among all people so far, including deleted ones. */
export type Step =
  | { do: 'create'; email: string; name: string; age: number | null }
  | { do: 'login'; who: number; right: boolean }
  | { do: 'me'; as: number }
  | { do: 'read'; who: number }
  | { do: 'list'; skip: number; limit: number }
  | { do: 'patch'; who: number; as: number; changes: { name?: string; email?: string; age?: number | null } }
  | { do: 'replace'; who: number; as: number; name: string; email: string }
  | { do: 'delete'; who: number; as: number }

const someone = fc.nat({ max: 5 })
const name = valid({ type: 'string', minLength: 1, maxLength: 50 }) as fc.Arbitrary<string>
const age = fc.option(fc.integer({ min: 13, max: 120 }))
// Few addresses, so that some are taken.
const email = fc.constantFrom('ada@example.com', 'eve@example.org', 'zoe@example.org', 'kim@bücher.de')

const kinds: { weight: number; arbitrary: fc.Arbitrary<Step> }[] = [
  { weight: 2, arbitrary: fc.record({ do: fc.constant('create' as const), email, name, age }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('login' as const), who: someone, right: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('me' as const), as: someone }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), who: someone }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('list' as const),
      skip: fc.nat({ max: 6 }),
      limit: fc.integer({ min: 1, max: 8 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('patch' as const),
      who: someone,
      as: someone,
      changes: fc.record({ name, email, age }, { requiredKeys: [] }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('replace' as const), who: someone, as: someone, name, email }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('delete' as const), who: someone, as: someone }) },
]

export const story = fc.array(fc.oneof(...kinds), { minLength: 1, maxLength: 16 })

const PASSWORD = 'a long way to Tipperary'

/** The project's rules for people and tokens, in memory: the server must respond as this model does. */
export class Model {
  readonly #people = new Map<number, Person>()
  readonly #tokens: Map<number, string>
  #nextId = 1

  /** @param tokens of the seeded people by id, since logging in is slow */
  constructor(
    seeded: z.infer<typeof Seeded>,
    rows: Omit<Person, 'password'>[],
    tokens: ReadonlyMap<number, string>,
  ) {
    const passwords = new Map(seeded.people.map(({ id, password }) => [id, password]))
    for (const row of rows) {
      this.#people.set(row.id, { ...row, password: passwords.get(row.id) ?? '' })
      this.#nextId = row.id + 1
    }
    this.#tokens = new Map(tokens)
  }

  /** The request of a step and the expected status, with the expected body if it is known. */
  plan(step: Step): { request: FuzzRequest; status: number; body?: unknown } {
    const id = 'who' in step ? (step.who % this.#nextId) + 1 : 0
    switch (step.do) {
      case 'create': {
        const { email, name, age } = step
        const request = json('POST', '/users/', { email, name, age, password: PASSWORD })
        if (this.#isTaken(email)) return { request, ...TAKEN }
        const person = { id: this.#nextId++, name, email, age, bio: null, password: PASSWORD }
        this.#people.set(person.id, person)
        return { request, status: 201, body: shown(person) }
      }
      case 'login': {
        const person = this.#people.get(id)
        const password = step.right ? (person?.password ?? PASSWORD) : 'never a password'
        const form = new URLSearchParams({ username: person?.email ?? 'gone@example.com', password })
        const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
        const request = { method: 'POST', path: '/login', headers, body: form.toString() }
        return { request, status: person && step.right ? 200 : 401 }
      }
      case 'me': {
        const { headers, person } = this.#visitor(step.as)
        const request = { method: 'GET', path: '/users/me', headers }
        return person ? { request, status: 200, body: shown(person) } : { request, status: 401 }
      }
      case 'read': {
        const request = { method: 'GET', path: `/users/${id}`, headers: {} }
        const person = this.#people.get(id)
        return person ? { request, status: 200, body: shown(person) } : { request, ...GONE }
      }
      case 'list': {
        const { skip, limit } = step
        const all = [...this.#people.values()].sort((a, b) => a.id - b.id)
        const request = { method: 'GET', path: `/users/?skip=${skip}&limit=${limit}`, headers: {} }
        return { request, status: 200, body: all.slice(skip, skip + limit).map(shown) }
      }
      case 'patch':
        return this.#change('PATCH', id, step.as, step.changes, step.changes)
      case 'replace': {
        const { name, email } = step
        return this.#change('PUT', id, step.as, { name, email }, { name, email, age: null, bio: null })
      }
      case 'delete': {
        const { headers, person } = this.#visitor(step.as)
        const request = { method: 'DELETE', path: `/users/${id}`, headers }
        const refused = this.#refusal(id, person)
        if (refused) return { request, ...refused }
        this.#people.delete(id)
        return { request, status: 204 }
      }
    }
  }

  /** Takes the token from the response to a login. */
  note(step: Step, answer: RawAnswer): void {
    if (step.do !== 'login' || answer.status !== 200) return
    const { access_token } = z.object({ access_token: z.string() }).parse(jsonOf(answer.body))
    this.#tokens.set((step.who % this.#nextId) + 1, access_token)
  }

  #change(method: string, id: number, as: number, sent: object, update: Partial<Person>) {
    const { headers, person } = this.#visitor(as)
    const request = json(method, `/users/${id}`, sent, headers)
    const refused = this.#refusal(id, person)
    if (refused) return { request, ...refused }
    const before = this.#people.get(id)!
    if (update.email !== undefined && update.email !== before.email && this.#isTaken(update.email)) {
      return { request, ...TAKEN }
    }
    const after = { ...before, ...update }
    this.#people.set(id, after)
    return { request, status: 200, body: shown(after) }
  }

  /** The caller, by their token; undefined if they have none or were deleted. */
  #visitor(as: number): { headers: Record<string, string>; person: Person | undefined } {
    const id = (as % this.#nextId) + 1
    const token = this.#tokens.get(id)
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
    return { headers, person: token === undefined ? undefined : this.#people.get(id) }
  }

  #refusal(id: number, visitor: Person | undefined): { status: number; body?: unknown } | undefined {
    if (visitor === undefined) return { status: 401 }
    if (!this.#people.has(id)) return GONE
    return visitor.id === id
      ? undefined
      : { status: 403, body: { detail: 'Not allowed to change another user' } }
  }

  #isTaken(email: string): boolean {
    return [...this.#people.values()].some((person) => person.email === email)
  }
}

const TAKEN = { status: 400, body: { detail: 'Email already registered' } }
const GONE = { status: 404, body: { detail: 'User not found' } }

function shown({ id, name, email, age, bio }: Person): object {
  return { id, name, email, age, bio }
}

function json(method: string, path: string, body: object, headers: Record<string, string> = {}): FuzzRequest {
  return {
    method,
    path,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }
}
