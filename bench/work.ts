import { z } from 'zod'
import { PEOPLE } from '../server/project/seed.ts'
import type { Demand, Request } from './load.ts'
import type { Server, Twin } from './servers.ts'

/** A sandbox holds 200 users, three of them seeded. */
const USERS_PER_SANDBOX = 190
/** Enough for 1,520 new users, more than any window can hash. */
const SANDBOXES = 8

/** One kind of request, the same for every server. */
export interface Work {
  name: string
  /** The status that every response must have. */
  status: number
  /** Whether each request computes a bcrypt hash: then there are few responses per second, so windows are longer. */
  hashes: boolean
  /** Prepares a server for a window. @returns the requests to send */
  prepare(server: Server | Twin): Promise<Demand['request']>
}

/** @param server the one that the requests are prepared for */
export async function demandOf(work: Work, server: Server | Twin): Promise<Demand> {
  const request = await work.prepare(server)
  // With more connections, more half-done hashes would be lost when the window ends.
  return { connections: work.hashes ? 4 : 10, request, status: work.status }
}

const [ada] = PEOPLE
const json = { 'Content-Type': 'application/json' }
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const login = {
  method: 'POST',
  path: '/login',
  headers: form,
  body: new URLSearchParams({ username: ada?.email ?? '', password: ada?.password ?? '' }).toString(),
}

export const WORK: readonly Work[] = [
  simple('GET /items', 200, { method: 'GET', path: '/items' }),
  simple('GET /users/1', 200, { method: 'GET', path: '/users/1' }),
  simple('GET /users/?limit=10', 200, { method: 'GET', path: '/users/?limit=10' }),
  {
    name: 'GET /users/me, with a token',
    status: 200,
    hashes: false,
    prepare: async ({ origin }) => {
      const answer = await fetch(origin + login.path, login)
      const { access_token } = z.object({ access_token: z.string() }).parse(await answer.json())
      return { method: 'GET', path: '/users/me', headers: { Authorization: `Bearer ${access_token}` } }
    },
  },
  simple('POST /users/, refused', 422, {
    method: 'POST',
    path: '/users/',
    headers: json,
    body: JSON.stringify({ name: '', email: 'nobody', password: 'short', age: 7 }),
  }),
  { name: 'POST /users/', status: 201, hashes: true, prepare: newUsers },
  { name: 'POST /login', status: 200, hashes: true, prepare: async () => login },
]

function simple(name: string, status: number, request: Request): Work {
  return { name, status, hashes: false, prepare: async () => request }
}

/** Fills the twin's sandboxes one after another; the original has one database, reset before each window. */
async function newUsers(server: Server | Twin): Promise<() => Request> {
  await server.reset()
  const sandboxes = 'sandboxes' in server ? await server.sandboxes(SANDBOXES) : []
  let count = 0
  return () => {
    const sandbox = sandboxes[Math.floor(count / USERS_PER_SANDBOX)]
    count += 1
    const user = { name: 'Eve', email: `eve-${count}@example.com`, password: 'correct-horse', age: 30 }
    const headers = sandbox === undefined ? json : { ...json, 'X-Sandbox': sandbox }
    return { method: 'POST', path: '/users/', headers, body: JSON.stringify(user) }
  }
}
