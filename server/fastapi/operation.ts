import type { z } from 'zod'
import type { Fields } from './validation/validate.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** What the OpenAPI document says of one path operation; every key that isn't named otherwise is as in FastAPI. */
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
  /** Response model; none for 204 and the like. */
  response?: z.ZodType
  status: number
  /** Refusals to name, by status; a 422 is added where something is validated. */
  responses?: Record<number, { description: string }>
  /** Names of the security schemes that its dependencies use. */
  security?: string[]
}

/** An OAuth2 password scheme by its name. */
export interface SecurityScheme {
  name: string
  tokenUrl: string
}
