import { z } from 'zod'
import { Save } from './save.ts'

/** Who sends the request: no one, or a seeded person by first name. */
export const Caller = z.enum(['nobody', 'ada', 'grace', 'alan'])
export type Caller = z.infer<typeof Caller>

export const Method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
export type Method = z.infer<typeof Method>

/** What a step sends. Path, headers and bodies may contain `{{variables}}` that earlier steps saved. */
export const requestFields = {
  /** Who sends it: this seeded person is logged in, and their token is sent. */
  as: Caller.default('nobody'),
  /** GET when it is left out. */
  method: Method.default('GET'),
  /** Path with query. */
  path: z
    .string()
    .startsWith('/')
    .regex(/^(?!\/[/\\])\S*$/, 'must begin with a single "/" and have no spaces'),
  /** By name. */
  headers: z.record(z.string(), z.string()).default({}),
  /** The body as JSON. */
  json: z.json().optional(),
  /** The fields of a form. */
  form: z.record(z.string(), z.string()).optional(),
  /** A body sent as it is, with the content type that `headers` names. */
  text: z.string().optional(),
  /** By variable, the path of its value in the response's JSON (`access_token`, `detail.0.type`), or another source. */
  save: z.record(z.string().regex(/^[a-z][a-zA-Z0-9_]*$/), Save).default({}),
  /** Number of times to send it at once. GET only, to a path under /items, /lab or /users. */
  burst: z.int().min(2).max(100).optional(),
}

type Fields = z.infer<z.ZodObject<typeof requestFields>>

/** Whether a request has more than one of its three kinds of body. */
export function hasSeveralBodies({ json, form, text }: Pick<Fields, 'json' | 'form' | 'text'>): boolean {
  return [json, form, text].filter((body) => body !== undefined).length > 1
}

/** Whether a request that may change something is sent many times at once. */
export function isBurstOfWrites({ burst, method }: Pick<Fields, 'burst' | 'method'>): boolean {
  return burst !== undefined && method !== 'GET'
}
