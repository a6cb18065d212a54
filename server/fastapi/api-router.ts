import type { z } from 'zod'
import type { Place } from '#contract/trace.ts'
import type { StepAbout } from '../trace/trace.ts'
import { schemesOf, type Depends } from './dependency.ts'
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
>(
  path: string,
  declaration: Declaration<D, P, Q, F, B>,
  handler: (values: HandlerValues<D, P, Q, F, B>) => unknown,
) => void

/** Collects path operations; nothing answers before an app includes it. */
export class APIRouter {
  readonly operations: PathOperation[] = []
  readonly #prefix: string
  readonly #tags: string[]

  readonly get: Register = this.#register('get')
  readonly post: Register = this.#register('post')
  readonly put: Register = this.#register('put')
  readonly patch: Register = this.#register('patch')
  readonly delete: Register = this.#register('delete')

  constructor({ prefix = '', tags = [] }: { prefix?: string; tags?: string[] } = {}) {
    this.#prefix = prefix
    this.#tags = tags
  }

  #register(method: Method): Register {
    return (path, declaration, handler) => {
      const { region, body, form, response, status = 200, responses, depends = {} } = declaration
      const whole = this.#prefix + path
      checkPathParameters(whole, declaration.path ?? {})
      this.operations.push({
        method,
        path: whole,
        region,
        name: nameOf(region),
        tags: this.#tags,
        params: { path: declaration.path, query: declaration.query },
        body,
        form,
        response,
        status,
        responses,
        security: schemesOf(depends).map((scheme) => scheme.name),
        async: declaration.async ?? false,
        depends,
        run: handler,
        steps: stepsOf(declaration),
      })
    }
  }
}

function nameOf(region: string): string {
  return region.slice(region.lastIndexOf('.') + 1)
}

function stepsOf({
  region,
  depends,
  path,
  query,
  form,
  body,
}: Declaration<Depends, Fields, Fields, Fields, z.ZodType | undefined>): Record<Place, StepAbout> {
  const names = [depends, path, query, form && { form }, body && { body }].flatMap((each) =>
    Object.keys(each ?? {}),
  )
  const summary =
    names.length === 0 ? 'Your function is called.' : `Your function is called with ${names.join(', ')}.`
  const step = (ranIn: Place): StepAbout => ({
    name: region,
    kind: 'handler',
    title: nameOf(region),
    detail: { kind: 'handler', ranIn, summary },
  })
  return { threadpool: step('threadpool'), 'event loop': step('event loop') }
}

function checkPathParameters(path: string, declared: Fields): void {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  for (const name of [...inPath, ...Object.keys(declared)]) {
    if (inPath.includes(name) && name in declared) continue
    throw new Error(`${path}: "${name}" must be both in the path and declared`)
  }
}
