import type { StepDetail } from '#contract/trace.ts'
import { inStep, type StepAbout } from '../trace/trace.ts'
import { afterAnswer, sendJson } from './answer.ts'
import { Solver } from './solver.ts'
import { HTTPException, RequestValidationError } from './http-exception.ts'
import { toJson } from './json/to-json.ts'
import type { PathOperation } from './operation.ts'
import { readBytes } from './read-bytes.ts'
import type { Request } from './request.ts'
import { throughResponseModel } from './response-model.ts'
import { runInThreadpool, runOnEventLoop } from './threadpool.ts'
import { readBody, type BodyResult } from './validation/read-body.ts'
import { validateRequest } from './validate-request.ts'

type Body = Extract<BodyResult, { ok: true }>
type BodyDetail = Extract<StepDetail, { kind: 'body' }>

/**
 * Answers one request with one path operation, in FastAPI's order: the body is read (422 when it is not JSON), dependencies
 * run (one that throws ends it, so 401 comes before 422), everything declared is validated, and the handler is called.
 * @param params the path's parameters, decoded
 * @param bodyLimit in bytes
 * @throws what a dependency or the handler throws, when every clean-up has run
 */
export async function handle(
  request: Request,
  operation: PathOperation,
  params: ReadonlyMap<string, string>,
  bodyLimit: number,
): Promise<void> {
  const solver = new Solver(request)
  const { trace } = request.state
  const call = operation.run as (values: object) => unknown
  try {
    const reads = operation.body !== undefined || operation.form !== undefined
    const body = reads ? await parseBody(request, operation, bodyLimit) : undefined
    const depends = await solver.solve(operation.depends)
    const declared = validateRequest(request, operation, params, body)
    const { response, status } = operation
    const inItsPlace = operation.async ? runOnEventLoop : runInThreadpool
    const result = await inItsPlace(request, (place) =>
      inStep(trace, operation.steps[place], () => call({ ...depends, ...declared, request })),
    )
    const content =
      response === undefined
        ? result
        : await inItsPlace(request, () => throughResponseModel(trace, response, result, status))
    sendJson(request, status, () => toJson(content))
  } catch (error) {
    await solver.cleanUp({ error })
    throw error
  }
  if (solver.cleansUp) afterAnswer(request, () => solver.cleanUp())
}

function parseBody(request: Request, operation: PathOperation, limit: number): Promise<Body> {
  const kind = operation.form === undefined ? 'json' : 'form'
  const contentType = request.get('Content-Type') || undefined
  const detail: BodyDetail = {
    kind: 'body',
    contentType: (contentType ?? '').slice(0, 100),
    bytes: 0,
    as: 'nothing',
  }
  const about: StepAbout = { name: 'body.parse', kind: 'body', title: 'Body read', detail }
  return inStep(request.state.trace, about, async () => {
    const bytes = await readBytes(request.req, limit)
    request.state.bytes = bytes
    detail.bytes = bytes.length
    const read = readBody(kind, contentType, bytes)
    if (read.ok) {
      detail.as = read.as
      return read
    }
    throw read.status === 422
      ? new RequestValidationError(read.errors)
      : new HTTPException(read.status, read.detail)
  })
}
