import type { z } from 'zod'
import type { Depends } from './dependency.ts'
import type { Declaration, HandlerValues, Method, PathOperation } from './operation.ts'
import type { Fields } from './validation/validate.ts'

// eslint-disable-next-line @typescript-eslint/no-empty-object-type
type None = {}

/** Registers an operation under the router's prefix. What the handler returns goes through the response model. */
type Register = <
  D extends Depends = None,
  P extends Fields = None,
  Q extends Fields = None,
  F extends Fields = None,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
>(
  path: string,
  declaration: Declaration<D, P, Q, F, B, R>,
  handler: (values: HandlerValues<D, P, Q, F, B>) => unknown,
) => void

/** Collects path operations; nothing answers before an app includes it. */
export class APIRouter {
  readonly operations: PathOperation[] = []
  readonly #prefix: string
  readonly #tags: readonly string[]

  readonly get: Register = this.#register('GET')
  readonly post: Register = this.#register('POST')
  readonly put: Register = this.#register('PUT')
  readonly patch: Register = this.#register('PATCH')
  readonly delete: Register = this.#register('DELETE')

  constructor(options: { prefix?: string; tags?: readonly string[] } = {}) {
    this.#prefix = options.prefix ?? ''
    this.#tags = options.tags ?? []
  }

  #register(method: Method): Register {
    return (path, declaration, handler) => {
      const whole = this.#prefix + path
      checkPathFields(whole, declaration.path ?? {})
      this.operations.push({
        method,
        path: whole,
        region: declaration.region,
        name: declaration.region.slice(declaration.region.lastIndexOf('.') + 1),
        tags: this.#tags,
        status: declaration.status ?? 200,
        pathFields: declaration.path ?? {},
        queryFields: declaration.query ?? {},
        body: declaration.body,
        form: declaration.form,
        response: declaration.response,
        responses: declaration.responses ?? {},
        depends: declaration.depends ?? {},
        run: handler,
      })
    }
  }
}

function checkPathFields(path: string, declared: Fields): void {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const unknown = [...named, ...Object.keys(declared)].find(
    (name) => name === undefined || !(name in declared) || !named.includes(name),
  )
  if (unknown !== undefined)
    throw new Error(`${path}: "${unknown}" must stand in the path and be declared, both`)
}
