import type { Context } from 'koa'

const NAME = 'viva_sandbox'
const YEAR = 365 * 24 * 60 * 60 * 1000

/** The sandbox that the browser's cookie names, whatever it says. */
export function sandboxCookie(ctx: Context): string | undefined {
  return ctx.cookies.get(NAME)
}

/** Gives the browser this sandbox: scripts can't read it, and other sites can't send it with a write. */
export function setSandboxCookie(ctx: Context, id: string): void {
  ctx.cookies.set(NAME, id, {
    httpOnly: true,
    sameSite: 'lax',
    secure: ctx.secure,
    maxAge: YEAR,
    overwrite: true,
  })
}
