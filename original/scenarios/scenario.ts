/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** How to make a token; see the recorder's `TokenRecipe`. */
export interface TokenRecipe {
  claims?: Record<string, Json>
  without?: string[]
  header?: Record<string, Json>
  key?: string
  signature?: 'SHA256' | 'SHA384' | 'SHA512' | 'empty' | 'flipped'
  tampered?: Record<string, Json>
}

interface Body {
  json?: Json
  form?: Record<string, string>
  text?: string
  hex?: string
}

export interface Request extends Body {
  title: string
  method: string
  path: string
  headers?: Record<string, string | string[]>
  chunked?: true
  save?: Record<string, string>
}

export interface Scenario {
  title: string
  tokens?: Record<string, TokenRecipe>
  requests: Request[]
}

interface Options extends Omit<Request, 'title' | 'method' | 'path'> {
  /** The name of the scenario's token to send. */
  as?: string
}

const CONTENT_TYPES: Record<keyof Body, string | undefined> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: undefined,
  hex: undefined,
}

/**
 * One request of a scenario.
 * @param line method and path, as in `GET /users/`
 * @param options a `json` or `form` body brings its Content-Type, a `text` or `hex` body brings none
 */
export function ask(title: string, line: string, { as, headers, ...rest }: Options = {}): Request {
  const [method = '', path = ''] = line.split(' ')
  const all: Record<string, string | string[]> = {}
  for (const kind of ['json', 'form'] as const) {
    const type = CONTENT_TYPES[kind]
    if (rest[kind] !== undefined && type) all['Content-Type'] = type
  }
  if (as) all.Authorization = `Bearer {{${as}}}`
  Object.assign(all, headers)
  return { title, method, path, ...(Object.keys(all).length > 0 && { headers: all }), ...rest }
}

/** Signs a person up. `fields` replace the default ones; `undefined` removes a field. */
export function signUp(title: string, fields: Record<string, Json | undefined> = {}): Request {
  const person: Record<string, Json | undefined> = {
    name: 'Edsger Dijkstra',
    email: 'edsger@example.com',
    password: 'shortest-path',
    ...fields,
  }
  const json: Record<string, Json> = {}
  for (const [key, value] of Object.entries(person)) if (value !== undefined) json[key] = value
  return ask(title, 'POST /users/', { json })
}

/** Valid tokens of the seeded people, and of the first one who signs up after them. */
export const PEOPLE: Record<string, TokenRecipe> = {
  ada: {},
  grace: { claims: { sub: '2' } },
  alan: { claims: { sub: '3' } },
  newcomer: { claims: { sub: '4' } },
}
