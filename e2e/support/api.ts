import { z } from 'zod'
import type { App } from './app.ts'

const Sandbox = z.object({
  id: z.string(),
  people: z.array(z.object({ id: z.int(), email: z.string(), password: z.string() })),
})
const Token = z.object({ access_token: z.string() })
const Store = z.object({
  tables: z.object({
    users: z.object({
      rows: z.array(
        z.object({ id: z.int(), name: z.string(), email: z.string(), bio: z.string().nullable() }),
      ),
    }),
  }),
})
export type StoredUser = z.infer<typeof Store>['tables']['users']['rows'][number]

/** A person in a sandbox who may change their own row. */
export interface Writer {
  sandbox: string
  id: number
  token: string
}

/** @throws when the connection fails */
export async function ask(
  app: App,
  method: string,
  path: string,
  { sandbox, token, body }: { sandbox?: string; token?: string; body?: unknown } = {},
): Promise<Response> {
  const headers = new Headers()
  if (sandbox !== undefined) headers.set('X-Sandbox', sandbox)
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  return fetch(app.origin + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** The status of `/readyz`. */
export async function readiness(app: App): Promise<number> {
  return (await ask(app, 'GET', '/readyz')).status
}

/** A new sandbox, as a browser without a cookie gets it. */
export async function newSandbox(app: App): Promise<string> {
  const answer = await ask(app, 'GET', '/api/sandbox')
  return Sandbox.parse(await answer.json()).id
}

/** The seeded people of a new sandbox, signed in. */
export async function writersOfNewSandbox(app: App): Promise<Writer[]> {
  const { id: sandbox, people } = Sandbox.parse(await (await ask(app, 'GET', '/api/sandbox')).json())
  return Promise.all(
    people.map(async ({ id, email, password }) => {
      return { sandbox, id, token: await logIn(app, sandbox, { username: email, password }) }
    }),
  )
}

/** @returns an access token @throws when the login is refused */
export async function logIn(
  app: App,
  sandbox: string,
  form: { username: string; password: string },
): Promise<string> {
  const answer = await fetch(`${app.origin}/login`, {
    method: 'POST',
    headers: { 'X-Sandbox': sandbox },
    body: new URLSearchParams(form),
  })
  return Token.parse(await answer.json()).access_token
}

/** Writes a new `bio`, the cheapest change there is. */
export function writeBio(app: App, { sandbox, id, token }: Writer, bio: string): Promise<Response> {
  return ask(app, 'PATCH', `/users/${id}`, { sandbox, token, body: { bio } })
}

/** The users in a sandbox; null unless the answer is 200. */
export async function usersOf(app: App, sandbox: string): Promise<StoredUser[] | null> {
  const answer = await ask(app, 'GET', '/api/sandbox/store', { sandbox })
  if (answer.status !== 200) return null
  return Store.parse(await answer.json()).tables.users.rows
}

export async function bioOf(app: App, { sandbox, id }: Writer): Promise<string | null> {
  const users = await usersOf(app, sandbox)
  if (users === null) throw new Error(`sandbox ${sandbox} can't be read`)
  return users.find((user) => user.id === id)?.bio ?? null
}
