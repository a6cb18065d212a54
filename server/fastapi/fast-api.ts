import type { Middleware as KoaMiddleware, Next } from 'koa'
import { noteStep, type StepAbout } from '../trace/trace.ts'
import { sendException, sendJson, sendRedirect, type Redact } from './answer.ts'
import type { APIRouter } from './api-router.ts'
import { schemesOf } from './dependency.ts'
import { handle } from './handle.ts'
import { HTTPException } from './http-exception.ts'
import { toJson } from './json/to-json.ts'
import { router, type Match, type Route } from './matching.ts'
import type { Middleware } from './middleware.ts'
import { openapiOf, type OpenApiDocument } from './openapi/openapi-of.ts'
import type { PathOperation } from './operation.ts'
import type { Request } from './request.ts'
import { serverErrorMiddleware } from './server-error-middleware.ts'
import { decodedPath, locationOf } from './url.ts'

interface AppRoute extends Route {
  /** An operation, the document, or a page that is served further down in Koa's chain. */
  answer: PathOperation | 'document' | 'page'
  /** The step that a trace gets when this route is chosen. */
  found: StepAbout
}

/** FastAPI has these before the project's own routes. */
const DOCUMENTATION = [
  appRoute(['GET', 'HEAD'], '/openapi.json', 'document'),
  appRoute(['GET', 'HEAD'], '/docs', 'page'),
  appRoute(['GET', 'HEAD'], '/docs/oauth2-redirect', 'page'),
  appRoute(['GET', 'HEAD'], '/redoc', 'page'),
]

/** Combines routers and middleware into one Koa middleware that answers as FastAPI does. */
export class FastAPI {
  readonly operations: PathOperation[] = []
  readonly #info: { title: string; version: string }
  readonly #middleware: Middleware[] = []
  #document: OpenApiDocument | undefined
  #redact: Redact = (problem) => problem

  constructor(info: { title: string; version: string }) {
    this.#info = info
  }

  /** From now on the router's operations answer. Where two paths match, the one included first wins. */
  includeRouter(included: APIRouter): void {
    this.operations.push(...included.operations)
  }

  /** The one added last is the outermost: it sees the request first and the answer last. */
  addMiddleware(added: Middleware): void {
    this.#middleware.push(added)
  }

  /** From now on a 422 lists each problem as `redact` returns it. */
  redactProblems(redact: Redact): void {
    this.#redact = redact
  }

  /** The OpenAPI document of every operation that is included. */
  openapi(): OpenApiDocument {
    this.#document ??= openapiOf({
      ...this.#info,
      operations: this.operations,
      securitySchemes: [...new Set(this.operations.flatMap(({ depends }) => schemesOf(depends)))],
    })
    return this.#document
  }

  /**
   * Answers every request; only the pages of the documentation are left to the next middleware.
   * @param bodyLimit the largest body that is read, in bytes
   */
  toKoa({ bodyLimit }: { bodyLimit: number }): KoaMiddleware {
    const find = router([
      ...DOCUMENTATION,
      ...this.operations.map((each) => appRoute([each.method.toUpperCase()], each.path, each)),
    ])
    const document = toJson(this.openapi())
    const answer = async (request: Request, page: Next): Promise<void> => {
      const match = find(request.method, decodedPath(request.url))
      noteRoute(request, match)
      if (match.kind === 'none') throw new HTTPException(404)
      if (match.kind === 'redirect') return sendRedirect(request, locationOf(request, match.path))
      const { answer, methods } = match.route
      if (match.kind === 'partial') throw new HTTPException(405, undefined, { Allow: methods.join(', ') })
      if (answer === 'page') await answerPage(request, page)
      else if (answer === 'document') sendJson(request, 200, () => document)
      else await handle(request, answer, match.params, bodyLimit)
    }
    const route = (request: Request, page: Next): Promise<void> =>
      answer(request, page).catch((error: unknown) => sendException(request, error, this.#redact))
    // ServerErrorMiddleware is outside everything that was added.
    return [...this.#middleware, serverErrorMiddleware].reduce<Middleware>(
      (inner, outer) => (request: Request, page: Next) => outer(request, () => inner(request, page)),
      route,
    )
  }
}

function appRoute(methods: string[], path: string, answer: AppRoute['answer']): AppRoute {
  const found = routing(`${methods[0]} ${path} is the first route that matches.`, 'Route found')
  return { methods, path, answer, found }
}

/** The pages are served further down; where there is none, the path is unknown after all. */
async function answerPage(request: Request, page: Next): Promise<void> {
  await page()
  if (request.status === 404 && request.body === undefined) throw new HTTPException(404)
}

function noteRoute({ method, state: { trace } }: Request, match: Match<AppRoute>): void {
  if (match.kind === 'full') noteStep(trace, match.route.found)
  else noteStep(trace, routing(whyNot(method, match)), 'refused')
}

function whyNot(method: string, match: Exclude<Match<AppRoute>, { kind: 'full' }>): string {
  if (match.kind === 'none') return 'No route matches this path.'
  if (match.kind === 'redirect') return `No route matches this path, but ${match.path} would match.`
  const { path, methods } = match.route
  return `${path} matches, but allows ${methods.join(', ')} and not ${method}.`
}

function routing(text: string, title = 'No route'): StepAbout {
  const summary = text.slice(0, 300)
  return { name: 'main.routers', kind: 'handler', title, detail: { kind: 'handler', summary } }
}
