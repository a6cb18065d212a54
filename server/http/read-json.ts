import type { Context } from 'koa'
import { koaBody } from 'koa-body'
import type { z } from 'zod'
import { MAX_BODY_BYTES } from './body-limits.ts'
import { sendError } from './send-error.ts'

const parseBody = koaBody({
  text: false,
  urlencoded: false,
  multipart: false,
  jsonStrict: false,
  jsonLimit: MAX_BODY_BYTES,
})

/**
 * Reads the body as JSON of this schema.
 * @returns null when it was refused and answered: 413 for a body that is too large, 422 with the field that is invalid
 */
export async function readJson<Schema extends z.ZodType>(
  ctx: Context,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  try {
    await parseBody(ctx, async () => undefined)
  } catch (error) {
    if ((error as { status?: number }).status === 413) {
      sendError(ctx, 413, `Request body is larger than ${MAX_BODY_BYTES} bytes`)
    } else {
      sendError(ctx, 422, 'The body is not JSON')
    }
    return null
  }
  const parsed = schema.safeParse(ctx.request.body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = ['body', ...(issue?.path ?? [])].join('.')
  sendError(ctx, 422, `${field}: ${issue?.message ?? 'not valid'}`)
  return null
}
