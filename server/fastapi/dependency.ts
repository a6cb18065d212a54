import type { Place } from '#contract/trace.ts'
import type { StepAbout } from '../trace/trace.ts'
import type { Request } from './request.ts'

/** An OAuth2 password scheme by its name. */
export interface SecurityScheme {
  name: string
  tokenUrl: string
}

/** What a handler or another dependency needs, by name, as `Annotated[T, Depends(dependency)]` in FastAPI. */
export interface Dependency<T> {
  /** The region that holds it in both twins. */
  readonly region: string
  /** An `async def` runs on the event loop; a plain `def` takes a thread of the pool. */
  readonly async: boolean
  readonly depends: Depends
  /** Set where it needs a token: the OpenAPI document lists it on every path operation that depends on it. */
  readonly security: SecurityScheme | undefined
  /** Called at most once a request. */
  readonly run: (values: never) => T | Promise<T> | Yielding<T>
  /** Its steps in the trace. */
  readonly steps: DependencySteps
}

/** Called, needed again, and cleaned up after the answer or after a failure. */
type DependencySteps = Readonly<
  Record<'cached' | 'after' | 'failed', StepAbout> & { called: Record<Place, StepAbout> }
>

export type Depends = Record<string, Dependency<unknown>>

/** The yielded value is used; the code after `yield` runs when the answer has been sent, or at once when the handler throws. */
export type Yielding<T> = Generator<T, void, undefined> | AsyncGenerator<T, void, undefined>

/** The values of dependencies under their declared names. */
export type Resolved<D extends Depends> = { [K in keyof D]: D[K] extends Dependency<infer T> ? T : never }

export interface DependencyAbout<D extends Depends> {
  region: string
  /** Whether it is an `async def` in Python; a plain `def` by default. */
  async?: boolean
  depends?: D
  security?: SecurityScheme
}

// eslint-disable-next-line @typescript-eslint/no-empty-object-type
type Nothing = {}

/**
 * Declares a dependency. A generator function is one with `yield`: the code after it is its clean-up.
 * @param run receives `request` and the values of its own dependencies; may throw HTTPException
 */
export function dependency<T, D extends Depends = Nothing>(
  about: DependencyAbout<D>,
  run: (values: Resolved<D> & { request: Request }) => Yielding<T>,
): Dependency<T>
export function dependency<T, D extends Depends = Nothing>(
  about: DependencyAbout<D>,
  run: (values: Resolved<D> & { request: Request }) => T | Promise<T>,
): Dependency<T>
export function dependency<T, D extends Depends>(
  about: DependencyAbout<D>,
  run: (values: Resolved<D> & { request: Request }) => T | Promise<T> | Yielding<T>,
): Dependency<T> {
  const { region, async = false, depends = {}, security } = about
  return { region, async, depends, security, run, steps: stepsOf(region, Object.keys(depends)) }
}

function stepsOf(name: string, needs: string[]): DependencySteps {
  const title = `Depends(${name.slice(name.lastIndexOf('.') + 1)})`
  const step = (summary: string, more = '', cached = false, ranIn?: Place): StepAbout => ({
    name,
    kind: 'dependency',
    title: title + more,
    detail: { kind: 'dependency', cached, ranIn, summary },
  })
  const called = needs.length === 0 ? 'Called.' : `Called with ${needs.join(', ')}.`
  return {
    called: {
      threadpool: step(called, '', false, 'threadpool'),
      'event loop': step(called, '', false, 'event loop'),
    },
    cached: step('Needed again in the same request: the same value is used.', '', true),
    after: step('The code after `yield` runs: the answer has been sent.', ', after yield'),
    failed: step('The code after `yield` runs at once: the request failed.', ', after yield'),
  }
}

/** Every security scheme that these dependencies use, their own dependencies' included, each once. */
export function schemesOf(depends: Depends): SecurityScheme[] {
  const all = Object.values(depends).flatMap((each) => [
    ...(each.security === undefined ? [] : [each.security]),
    ...schemesOf(each.depends),
  ])
  return [...new Set(all)]
}
