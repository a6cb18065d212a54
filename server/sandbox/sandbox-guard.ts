import type { Middleware } from 'koa'

/** Runs between the choice of a sandbox and everything that uses it. Each part may refuse a request instead of passing it on. */
export interface SandboxGuard {
  /** For requests that a person sends on purpose: they may be recorded with their answers. */
  record: Middleware
  /** For what a page reads by itself to show the effects of requests. */
  show: Middleware
}

/** Lets everything pass, for servers without interviews. */
export const UNGUARDED: SandboxGuard = {
  record: (_ctx, next) => next(),
  show: (_ctx, next) => next(),
}
