import type { z } from 'zod'
import type { Depends, Resolved } from './dependency.ts'
import type { Request } from './request.ts'
import type { Fields, FieldValues } from './validation/validate.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What the document says of a status that isn't the usual one. A 422 it names by itself. */
export type Responses = Readonly<Record<number, { description: string }>>

/** One declaration drives routing, validation, response model, status, OpenAPI document and trace. */
export interface PathOperation {
  readonly method: Method
  /** With the router's prefix: `/users/{user_id}`. */
  readonly path: string
  /** Region in both twins that holds the handler: `users.create_user`. */
  readonly region: string
  /** Name of the handler in the original: `create_user`. FastAPI makes `operationId` and `summary` from it. */
  readonly name: string
  readonly tags: readonly string[]
  readonly status: number
  /** Path parameters by name. */
  readonly pathFields: Fields
  /** Query parameters by name. */
  readonly queryFields: Fields
  /** Schema of a JSON body. */
  readonly body: z.ZodType | undefined
  /** Fields of a form; an operation has a body or a form, not both. */
  readonly form: Fields | undefined
  /** Only what it declares leaves the server. */
  readonly response: z.ZodType | undefined
  readonly responses: Responses
  readonly depends: Depends
  readonly run: (values: never) => unknown
}

/** What one writes to declare an operation: `users.post('/', { region: …, body: UserCreate, … }, handler)`. */
export interface Declaration<
  D extends Depends,
  P extends Fields,
  Q extends Fields,
  F extends Fields,
  B extends z.ZodType | undefined,
  R extends z.ZodType | undefined,
> {
  region: string
  depends?: D
  path?: P
  query?: Q
  form?: F
  body?: B
  response?: R
  /** 200 unless told. */
  status?: number
  responses?: Responses
}

/** Everything that was declared, under its own name: dependencies, parameters, and `body`, `form` or `request`. */
export type HandlerValues<
  D extends Depends,
  P extends Fields,
  Q extends Fields,
  F extends Fields,
  B extends z.ZodType | undefined,
> = Resolved<D> &
  FieldValues<P> &
  FieldValues<Q> & {
    request: Request
    form: FieldValues<F>
    body: B extends z.ZodType ? z.output<B> : undefined
  }
