import Router from '@koa/router'
import type { Context } from 'koa'
import {
  COPY_NOT_FOUND,
  EventsQuery,
  SentEvents,
  type CopyChanged,
  type CopyEvents,
} from '#contract/study/copy.ts'
import { keyHashOf } from '../http/bearer-key.ts'
import { MAX_BODY_BYTES } from '../http/body-limits.ts'
import { readJson } from '../http/read-json.ts'
import { sendError } from '../http/send-error.ts'
import { clientOf } from '../limits/client-address.ts'
import type { Limiter, Limits } from '../limits/limiter.ts'
import type { Copies } from './copies.ts'
import type { CopyCursor } from './copy-state.ts'

/** Reading a large copy for a small answer must cost something, but less than sending all of it. */
const READING_SHARE = 4

/**
 * Copies of study logs, under `/api/study`. Every request carries the copy's key as a bearer token, and without the right one
 * the copy appears not to exist. The browser makes the key, so that a lost response leaves no copy that no one can open.
 */
export function createStudyApi(copies: Copies, limits: Limits): Router {
  const router = new Router({ prefix: '/api/study' })

  router.post('/copies', async (ctx) => {
    const keyHash = keyOf(ctx)
    if (keyHash === null) return
    if (!(await copies.has(keyHash))) {
      const wait = await limits.studyCopies.take(clientOf(ctx))
      if (wait > 0) return sendBusy(ctx, 'Too many study copies from your address', wait)
    }
    ctx.status = 201
    ctx.body = { keptUntil: await copies.make(keyHash) }
  })

  router.get('/copy/events', async (ctx) => {
    const keyHash = keyOf(ctx)
    if (keyHash === null) return
    const query = EventsQuery.safeParse(ctx.query)
    if (!query.success) return sendError(ctx, 422, `query.after: ${query.error.issues[0]?.message}`)
    if (await isTooMuch(ctx, limits.studyBytes, 0)) return
    const page = await copies.read(keyHash, cursorFrom(query.data.after))
    if (page === null) return sendError(ctx, 404, COPY_NOT_FOUND)
    const { events, hasMore, restarted, readBytes } = page
    const answer: CopyEvents = { events, cursor: textOf(page.cursor), hasMore, restarted }
    const text = JSON.stringify(answer)
    await limits.studyBytes.take(
      clientOf(ctx),
      Buffer.byteLength(text) + Math.ceil(readBytes / READING_SHARE),
    )
    ctx.set('Content-Type', 'application/json')
    ctx.body = text
  })

  router.post('/copy/events', async (ctx) => {
    const keyHash = keyOf(ctx)
    if (keyHash === null) return
    if (await isTooMuch(ctx, limits.studyBytes, ctx.request.length ?? MAX_BODY_BYTES)) return
    if (!(await copies.has(keyHash))) return sendError(ctx, 404, COPY_NOT_FOUND)
    const sent = await readJson(ctx, SentEvents)
    if (sent === null) return
    const changed = await copies.add(keyHash, sent.events)
    if (changed === null) return sendError(ctx, 404, COPY_NOT_FOUND)
    if (typeof changed === 'string') return sendError(ctx, 409, `This copy is full: ${changed}`)
    const answer: CopyChanged = { before: textOf(changed.before), cursor: textOf(changed.cursor) }
    ctx.body = answer
  })

  router.delete('/copy', async (ctx) => {
    const keyHash = keyOf(ctx)
    if (keyHash === null) return
    if (!(await copies.has(keyHash))) return sendError(ctx, 404, COPY_NOT_FOUND)
    await copies.remove(keyHash)
    ctx.status = 204
  })

  return router
}

/** @returns null when there is no key, or none that could be one; then the response has been sent */
function keyOf(ctx: Context): string | null {
  const keyHash = keyHashOf(ctx)
  if (keyHash !== null) return keyHash
  if (ctx.get('Authorization') !== '') sendError(ctx, 404, COPY_NOT_FOUND)
  else {
    sendError(ctx, 401, 'Not authenticated')
    ctx.set('WWW-Authenticate', 'Bearer')
  }
  return null
}

/** Counts bytes for the address. @returns whether it had too many; then the response has been sent */
async function isTooMuch(ctx: Context, limiter: Limiter, bytes: number): Promise<boolean> {
  const wait = await limiter.take(clientOf(ctx), bytes)
  if (wait > 0) sendBusy(ctx, 'Too much has been copied from your address within the past hour', wait)
  return wait > 0
}

function sendBusy(ctx: Context, detail: string, seconds: number): void {
  sendError(ctx, 429, detail)
  ctx.set('Retry-After', String(seconds))
}

function cursorFrom(text: string | undefined): CopyCursor | null {
  if (text === undefined) return null
  const [number, at] = text.split('.').map(Number)
  return number === undefined || at === undefined ? null : { number, at }
}

function textOf({ number, at }: CopyCursor): string {
  return `${number}.${at}`
}
