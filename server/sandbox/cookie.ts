import type { Context } from 'koa'

const NAME = 'viva_sandbox'
const MAX_AGE_MS = 365 * 24 * 60 * 60 * 1000

/** The id in the browser's cookie, unchecked. */
export function sandboxCookie(ctx: Context): string | undefined {
  return ctx.cookies.get(NAME)
}

/** Gives the browser this sandbox: scripts can't read it, and other sites can't send it with a write. */
export function setSandboxCookie(ctx: Context, id: string): void {
  ctx.cookies.set(NAME, id, {
    httpOnly: true,
    sameSite: 'lax',
    secure: ctx.secure,
    maxAge: MAX_AGE_MS,
    overwrite: true,
  })
}
