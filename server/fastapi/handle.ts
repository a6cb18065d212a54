import { inStep, type OpenStep } from '../trace/trace.ts'
import { sendJson } from './answer.ts'
import { Solver } from './solver.ts'
import { HTTPException, RequestValidationError } from './http-exception.ts'
import { toJson } from './json/to-json.ts'
import type { PathOperation } from './operation.ts'
import { readBytes } from './read-bytes.ts'
import type { Request } from './request.ts'
import { throughResponseModel } from './response-model.ts'
import { afterAnswer } from './after-answer.ts'
import { readBody, type ReadBody } from './validation/read-body.ts'
import { validateRequest } from './validate-request.ts'

type Body = Extract<ReadBody, { ok: true }>

/**
 * Answers one request with one path operation, in FastAPI's order: the body is read (422 when it is no JSON), dependencies
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
  try {
    const body = await parseBody(request, operation, bodyLimit)
    const depends = await solver.solve(operation.depends)
    const declared = await validateRequest(request, operation, params, body)
    const result = await callHandler(operation, { ...depends, ...declared, request })
    const { response, status } = operation
    const content = response === undefined ? result : await throughResponseModel(response, result, status)
    await sendJson(request, status, () => toJson(content))
  } catch (error) {
    await solver.cleanUp({ error })
    throw error
  }
  if (solver.cleansUp) afterAnswer(request, () => solver.cleanUp())
}

async function parseBody(
  request: Request,
  operation: PathOperation,
  limit: number,
): Promise<Body | undefined> {
  const kind = operation.form === undefined ? 'json' : 'form'
  if (operation.body === undefined && operation.form === undefined) return undefined
  const contentType = request.get('Content-Type') || undefined
  const about = { name: 'body.parse', kind: 'body', title: 'Body read' } as const
  const detail = { kind: 'body', contentType: contentType ?? '', bytes: 0, as: 'nothing' } as const
  return inStep({ ...about, detail }, async (step: OpenStep) => {
    const bytes = await readBytes(request.req, limit)
    const read = readBody(kind, contentType, bytes)
    step.detail = { ...detail, bytes: bytes.length, as: read.ok ? read.as : 'nothing' }
    if (read.ok) return read
    throw read.status === 422
      ? new RequestValidationError(read.errors)
      : new HTTPException(read.status, read.detail)
  })
}

function callHandler(operation: PathOperation, values: object): Promise<unknown> {
  const given = Object.keys(values).filter((name) => name !== 'request')
  const says =
    given.length === 0 ? 'Your function is called.' : `Your function is called with ${given.join(', ')}.`
  return inStep(
    { name: operation.region, kind: 'handler', title: operation.name, detail: { kind: 'handler', says } },
    () => (operation.run as (values: object) => unknown)(values),
  )
}
