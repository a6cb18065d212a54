import type { Middleware } from 'koa'
import { destination, pino, type Logger } from 'pino'

/** One JSON object a line, on stderr: stdout keeps what a person reads. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ fd: 2, sync: true }),
  )
}

/** A word of a path that is longer may be a token, or a sandbox's id, which opens it. */
const LONGEST_WORD = 24
const LONGEST_PATH = 200

/**
 * One line a request: what was asked for, the status, the time. Never a query, a header or a body, which may hold secrets,
 * and of a path no long words, which may be some. Files and pages are told at level `debug` only.
 */
export function logRequests(logger: Logger): Middleware {
  return async (ctx, next) => {
    const began = performance.now()
    await next()
    const line = {
      id: ctx.state.requestId,
      method: ctx.method,
      path: loggablePath(ctx.path),
      status: ctx.status,
      ms: Math.round((performance.now() - began) * 10) / 10,
      // Why it is a 5xx, where that is known.
      ...(ctx.state.fault !== undefined && { fault: ctx.state.fault as string }),
    }
    // Too much to do is no defect.
    if (ctx.state.fault === 'PoolBusy') logger.warn(line, 'request')
    else if (ctx.status >= 500) logger.error(line, 'request')
    else if (ctx.state.quiet === true) logger.debug(line, 'request')
    else logger.info(line, 'request')
  }
}

/** A path without its long words, and without the code that lets somebody join a room. */
export function loggablePath(path: string): string {
  const words = path.slice(0, LONGEST_PATH).split('/')
  const isSecret = (word: string, at: number): boolean =>
    word.length > LONGEST_WORD || (word !== '' && words[at - 1]?.toLowerCase() === 'join')
  return words.map((word, at) => (isSecret(word, at) ? '…' : word)).join('/')
}
