import type { z } from 'zod'
import type { Place } from '#contract/trace.ts'
import type { StepAbout } from '../trace/trace.ts'
import type { Depends, Resolved } from './dependency.ts'
import type { Request } from './request.ts'
import type { Fields, FieldValues } from './validation/validate.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** The other statuses that the document describes, in this order: the keys of an object would be sorted. */
export type Responses = readonly (readonly [status: number, response: { description: string }])[]

/** What the OpenAPI document needs to know of one path operation; every key means the same as in FastAPI, except where noted. */
export interface OperationDescription {
  method: Method
  /** The whole path with its parameters in braces: `/users/{user_id}`. */
  path: string
  /** The handler's name in Python, such as `create_user`: summary and operationId are made from it. */
  name: string
  tags: string[]
  params?: { path?: Fields; query?: Fields }
  /** A model for JSON, or fields for a form. */
  body?: z.ZodType
  form?: Fields
  /** Response model: only what it declares leaves the server. Absent for 204 and the like. */
  response?: z.ZodType
  status: number
  /** Refusals by status; a 422 is added where something is validated. */
  responses?: Responses
  /** Names of the security schemes that its dependencies use. */
  security?: string[]
}

/** One declaration drives routing, validation, response model, status, OpenAPI document and trace. */
export interface PathOperation extends OperationDescription {
  /** The region that holds the handler in both twins: `users.create_user`. */
  region: string
  /** An `async def` runs on the event loop; a plain `def` takes a thread of the pool. */
  async: boolean
  depends: Depends
  run: (values: never) => unknown
  /** The handler's step in the trace, by where it ran: the same for every request. */
  steps: Record<Place, StepAbout>
}

/** How an operation is declared: `users.post('/', { region: …, body: UserCreate, … }, handler)`. */
export interface Declaration<
  D extends Depends,
  P extends Fields,
  Q extends Fields,
  F extends Fields,
  B extends z.ZodType | undefined,
> {
  /** Region in both twins; its last part is the handler's name in Python. */
  region: string
  /** Whether it is an `async def` in Python; a plain `def` by default. */
  async?: boolean
  depends?: D
  /** Path parameters by name. */
  path?: P
  /** Query parameters by name. */
  query?: Q
  form?: F
  body?: B
  response?: z.ZodType
  /** 200 by default. */
  status?: number
  responses?: Responses
}

/** Everything that was declared, under its own name: dependencies, parameters, `body` and `form`; and `request`. */
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
