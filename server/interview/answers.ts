import type { Context } from 'koa'
import { koaBody } from 'koa-body'
import type { z } from 'zod'
import type { Refused, RefusedAnswer } from '#contract/interview/commands.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import { BODY_LIMIT } from '../http/body-limits.ts'
import { sendDetail } from '../http/send-detail.ts'
import type { Refusal } from './rules/decision.ts'

const STATUS: Record<Refused, number> = {
  'not-allowed': 403,
  unknown: 404,
  'not-yet': 409,
  'too-late': 409,
  taken: 409,
  full: 409,
  'too-soon': 429,
  malformed: 422,
}

const readJson = koaBody({
  text: false,
  urlencoded: false,
  multipart: false,
  jsonStrict: false,
  jsonLimit: BODY_LIMIT,
})

/**
 * The body, as a schema reads it.
 * @returns null when it was refused, and answered: 413 when it is too large, 422 with the place when it has another shape
 */
export async function bodyOf<Schema extends z.ZodType>(
  ctx: Context,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  try {
    await readJson(ctx, async () => undefined)
  } catch (error) {
    const tooLarge = (error as { status?: number }).status === 413
    sendDetail(
      ctx,
      tooLarge ? 413 : 422,
      tooLarge ? `Request body is larger than ${BODY_LIMIT} bytes` : 'The body is not JSON',
    )
    return null
  }
  const parsed = schema.safeParse(ctx.request.body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  sendDetail(ctx, 422, ['body', ...(issue?.path ?? [])].join('.') + `: ${issue?.message ?? 'not valid'}`)
  return null
}

/** Says in HTTP what the rules refuse. */
export function sendRefusal(ctx: Context, { refused, says }: Refusal): void {
  const answer: RefusedAnswer = { detail: says, refused }
  ctx.status = STATUS[refused]
  if (refused === 'too-soon') ctx.set('Retry-After', String(Math.ceil(LIMITS.updateSpacing / 1000)))
  ctx.set('Content-Type', 'application/json')
  ctx.body = JSON.stringify(answer)
}

/** No key, or one that opens nothing. To both it is said alike, so that nobody learns what there is. */
export function sendNotFound(ctx: Context, what: 'Interview' | 'Room'): void {
  if (ctx.get('Authorization') !== '') return sendDetail(ctx, 404, `${what} not found`)
  sendDetail(ctx, 401, 'Not authenticated')
  ctx.set('WWW-Authenticate', 'Bearer')
}

export function sendBusy(ctx: Context, status: 429 | 503, detail: string, seconds: number): void {
  sendDetail(ctx, status, detail)
  ctx.set('Retry-After', String(seconds))
}
