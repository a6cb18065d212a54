import type { Middleware } from 'koa'

/** Stands between the choice of a sandbox and everything that works on it. Each part may refuse a request instead of passing it on. */
export interface SandboxGuard {
  /** For requests that somebody sends on purpose: they may be recorded with their answers. */
  record: Middleware
  /** For what a page reads by itself to show what requests did. */
  show: Middleware
}

/** Lets everything pass: for servers without interviews. */
export const UNGUARDED: SandboxGuard = {
  record: (_ctx, next) => next(),
  show: (_ctx, next) => next(),
}
