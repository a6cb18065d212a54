/** Something that is served under a path: a path operation, the document, a page of the documentation. */
export interface Route {
  /** With parameters in braces. */
  readonly path: string
  /** Upper case, in the order in which `Allow` names them. */
  readonly methods: readonly string[]
}

export type Match<R extends Route> =
  | { kind: 'full'; route: R; params: ReadonlyMap<string, string> }
  /** The path matches, the method doesn't; of several such routes the first one counts. */
  | { kind: 'partial'; route: R }
  /** The path would match with a slash added to its end, or removed. */
  | { kind: 'redirect'; path: string }
  | { kind: 'none' }

/** Finds a route as Starlette's router does: the first one whose path and method match. */
export function router<R extends Route>(routes: readonly R[]): (method: string, path: string) => Match<R> {
  const compiled = routes.map((route) => ({ route, pattern: compilePath(route.path) }))

  return (method, path) => {
    let partial: R | undefined
    for (const { route, pattern } of compiled) {
      const match = pattern.exec(path)
      if (match === null) continue
      if (route.methods.includes(method)) {
        return { kind: 'full', route, params: new Map(Object.entries(match.groups ?? {})) }
      }
      partial ??= route
    }
    if (partial !== undefined) return { kind: 'partial', route: partial }
    const other = path.endsWith('/') ? path.replace(/\/+$/, '') : `${path}/`
    const there = path !== '/' && compiled.some(({ pattern }) => pattern.test(other))
    return there ? { kind: 'redirect', path: other } : { kind: 'none' }
  }
}

/** `/users/{user_id}` as a pattern. Python's `$` also stands before a line break at the end of a text. */
function compilePath(path: string): RegExp {
  const source = path
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? `(?<${part.slice(1, -1)}>[^/]+)` : part.replaceAll('.', '\\.')))
    .join('')
  return new RegExp(`^${source}(?=\\n?$)`)
}
