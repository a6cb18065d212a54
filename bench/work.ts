import { z } from 'zod'
import { PEOPLE } from '../server/project/seed.ts'
import type { Asked, Demand } from './load.ts'
import type { Server, Twin } from './servers.ts'

/** A sandbox holds 200 users, three of them seeded. */
const USERS_EACH = 190
/** 1,520 new users are more than any window can hash. */
const SANDBOXES = 8

/** One kind of request, the same for every server. */
export interface Work {
  name: string
  /** What every answer must have. */
  status: number
  /** A bcrypt hash in each request: few answers a second, so the windows are longer. */
  hashes: boolean
  /** Gets a server ready for a window, and tells what to ask. */
  prepare(server: Server | Twin): Promise<Demand['ask']>
}

/** @param server the one that the requests are made for */
export async function demandOf(work: Work, server: Server | Twin): Promise<Demand> {
  const ask = await work.prepare(server)
  // Of many that are hashed at once, many would be lost when the window ends.
  return { connections: work.hashes ? 4 : 10, ask, status: work.status }
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

function simple(name: string, status: number, asked: Asked): Work {
  return { name, status, hashes: false, prepare: async () => asked }
}

/** Fills one sandbox of the twin after the other; the original has one database, emptied before each window. */
async function newUsers(server: Server | Twin): Promise<() => Asked> {
  await server.reset()
  const sandboxes = 'sandboxes' in server ? await server.sandboxes(SANDBOXES) : []
  let count = 0
  return () => {
    const sandbox = sandboxes[Math.floor(count / USERS_EACH)]
    count += 1
    const user = { name: 'Eve', email: `eve-${count}@example.com`, password: 'correct-horse', age: 30 }
    const headers = sandbox === undefined ? json : { ...json, 'X-Sandbox': sandbox }
    return { method: 'POST', path: '/users/', headers, body: JSON.stringify(user) }
  }
}
