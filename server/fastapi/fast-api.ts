import type { Middleware as KoaMiddleware, Next } from 'koa'
import { noteStep, type StepAbout } from '../trace/trace.ts'
import { sendException, sendJson, sendRedirect, type Tellable } from './answer.ts'
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
import { decodedPath, locationOf } from './url.ts'

interface AppRoute extends Route {
  /** What answers: an operation, the document, or a page that stands further down in Koa's own chain. */
  answer: PathOperation | 'document' | 'page'
  /** What the trace says when this route is chosen. */
  found: StepAbout
}

/** FastAPI has these before the project's own routes. */
const DOCUMENTATION = [
  appRoute(['GET', 'HEAD'], '/openapi.json', 'document'),
  appRoute(['GET', 'HEAD'], '/docs', 'page'),
  appRoute(['GET', 'HEAD'], '/docs/oauth2-redirect', 'page'),
  appRoute(['GET', 'HEAD'], '/redoc', 'page'),
]

/** Routers and middleware put together to one Koa middleware that answers as FastAPI does. */
export class FastAPI {
  readonly operations: PathOperation[] = []
  readonly #info: { title: string; version: string }
  readonly #bodyLimit: number
  readonly #middleware: Middleware[] = []
  #document: OpenApiDocument | undefined
  #tellable: Tellable = (problem) => problem

  /** @param bodyLimit the largest body that is read, in bytes */
  constructor({ title, version, bodyLimit }: { title: string; version: string; bodyLimit: number }) {
    this.#info = { title, version }
    this.#bodyLimit = bodyLimit
  }

  /** From now on the router's operations answer. Where two paths fit, the one included first does. */
  includeRouter(included: APIRouter): void {
    this.operations.push(...included.operations)
  }

  /** The one added last is the outermost: it sees the request first and the answer last. */
  addMiddleware(added: Middleware): void {
    this.#middleware.push(added)
  }

  /** From now on the answer 422 tells of each problem what this gives back. */
  tellProblems(tellable: Tellable): void {
    this.#tellable = tellable
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

  /** Answers every request; only the pages of the documentation are left to the next middleware. */
  toKoa(): KoaMiddleware {
    const find = router([
      ...DOCUMENTATION,
      ...this.operations.map((each) => appRoute([each.method.toUpperCase()], each.path, each)),
    ])
    const document = toJson(this.openapi())
    const route = async (request: Request, page: Next): Promise<void> => {
      const match = find(request.method, decodedPath(request.url))
      return this.#answer(request, match, document, page).catch((error: unknown) =>
        sendException(request, error, this.#tellable),
      )
    }
    return this.#middleware.reduce(
      (inner, outer) => (request: Request, page: Next) => outer(request, () => inner(request, page)),
      route,
    )
  }

  async #answer(request: Request, match: Match<AppRoute>, document: string, page: Next): Promise<void> {
    noteRoute(request, match)
    if (match.kind === 'none') throw new HTTPException(404)
    if (match.kind === 'redirect') return sendRedirect(request, locationOf(request, match.path))
    if (match.kind === 'partial')
      throw new HTTPException(405, undefined, { Allow: match.route.methods.join(', ') })
    const { answer } = match.route
    if (answer === 'page') await answerPage(request, page)
    else if (answer === 'document') sendJson(request, 200, () => document)
    else await handle(request, answer, match.params, this.#bodyLimit)
  }
}

function appRoute(methods: string[], path: string, answer: AppRoute['answer']): AppRoute {
  const found = routing(`${methods[0]} ${path} is the first that fits.`, 'Route found')
  return { methods, path, answer, found }
}

/** Whoever serves the pages stands further down; without such a page it is an unknown path after all. */
async function answerPage(request: Request, page: Next): Promise<void> {
  await page()
  if (request.status === 404 && request.body === undefined) throw new HTTPException(404)
}

function noteRoute({ method, state: { trace } }: Request, match: Match<AppRoute>): void {
  if (match.kind === 'full') noteStep(trace, match.route.found)
  else if (match.kind === 'redirect')
    noteStep(trace, routing(`No path fits, but ${match.path} would.`), 'refused')
  else if (match.kind === 'none') noteStep(trace, routing('No path fits.'), 'refused')
  else {
    const { path, methods } = match.route
    noteStep(
      trace,
      routing(`${path} fits, but answers to ${methods.join(', ')} and not to ${method}.`),
      'refused',
    )
  }
}

function routing(summary: string, title = 'No route'): StepAbout {
  return {
    name: 'main.routers',
    kind: 'handler',
    title,
    detail: { kind: 'handler', summary: summary.slice(0, 300) },
  }
}
