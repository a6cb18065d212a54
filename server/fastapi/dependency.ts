import type { SecurityScheme } from './operation.ts'
import type { Request } from './request.ts'

/** What a handler or another dependency asks for by name, as `Annotated[T, Depends(dependency)]` in FastAPI. */
export interface Dependency<T> {
  /** Region in both twins that holds it. */
  readonly region: string
  readonly depends: Depends
  /** Present where it asks for a token: the OpenAPI document names it on every path operation that needs it. */
  readonly security: SecurityScheme | undefined
  /** Called at most once a request. */
  readonly run: (values: never) => T | Promise<T> | Yielding<T>
}

export type Depends = Record<string, Dependency<unknown>>

/** What is yielded is handed out; what stands below runs when the answer has gone out, or at once when the handler throws. */
export type Yielding<T> = Generator<T, void, undefined> | AsyncGenerator<T, void, undefined>

/** The values of dependencies under the names they were asked for. */
export type Resolved<D extends Depends> = { [K in keyof D]: D[K] extends Dependency<infer T> ? T : never }

export interface DependencyAbout<D extends Depends> {
  region: string
  depends?: D
  security?: SecurityScheme
}

// eslint-disable-next-line @typescript-eslint/no-empty-object-type
type Nothing = {}

/**
 * Declares a dependency. A generator function is one with `yield`: what follows the `yield` is its clean-up.
 * @param run gets `request` and the values of its own dependencies; may throw HTTPException
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
  return { region: about.region, depends: about.depends ?? {}, security: about.security, run }
}

/** Every security scheme that these dependencies use, their own dependencies' included, each once. */
export function schemesOf(depends: Depends): SecurityScheme[] {
  const all = Object.values(depends).flatMap((each) => [
    ...(each.security === undefined ? [] : [each.security]),
    ...schemesOf(each.depends),
  ])
  return [...new Set(all)]
}
