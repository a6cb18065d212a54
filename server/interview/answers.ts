import type { Context } from 'koa'
import type { Refused, RefusedAnswer } from '#contract/interview/commands.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import { sendError } from '../http/send-error.ts'
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

/** Sends a refusal of the rules over HTTP. */
export function sendRefusal(ctx: Context, { refused, message }: Refusal): void {
  const answer: RefusedAnswer = { detail: message, refused }
  ctx.status = STATUS[refused]
  if (refused === 'too-soon') ctx.set('Retry-After', String(Math.ceil(LIMITS.updateSpacingMs / 1000)))
  ctx.set('Content-Type', 'application/json')
  ctx.body = JSON.stringify(answer)
}

/** Responds to a missing or wrong key, never revealing whether the thing exists. */
export function sendNotFound(ctx: Context, what: 'Interview' | 'Room'): void {
  if (ctx.get('Authorization') !== '') return sendError(ctx, 404, `${what} not found`)
  sendError(ctx, 401, 'Not authenticated')
  ctx.set('WWW-Authenticate', 'Bearer')
}

/** Refuses a request for now. @param seconds after which the client may try again */
export function sendBusy(ctx: Context, status: 429 | 503, detail: string, seconds: number): void {
  sendError(ctx, status, detail)
  ctx.set('Retry-After', String(seconds))
}
