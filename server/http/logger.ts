import type { Middleware } from 'koa'
import { destination, pino, type Logger } from 'pino'

/** One JSON object a line on stderr; stdout is for people. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ fd: 2, sync: true }),
  )
}

/** A longer segment of a path may be a token, or the id of a sandbox, which grants access to it. */
const MAX_SEGMENT_LENGTH = 24
const MAX_PATH_LENGTH = 200

/**
 * One line a request: method, path, status, duration. Never a query, a header or a body, which may contain secrets, nor long
 * segments of a path, which may be secrets themselves. Files and pages are logged at level `debug`.
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
      // The cause of a 5xx, if known.
      ...(ctx.state.fault !== undefined && { fault: ctx.state.fault as string }),
    }
    // Overload is not a defect, and the lab raises Python's exceptions on purpose.
    if (ctx.state.fault === 'PoolBusy' || ctx.state.unhandled !== undefined) logger.warn(line, 'request')
    else if (ctx.status >= 500) logger.error(line, 'request')
    else if (ctx.state.quiet === true) logger.debug(line, 'request')
    else logger.info(line, 'request')
  }
}

/** A path without its long segments and without the code that opens a room. */
export function loggablePath(path: string): string {
  const segments = path.slice(0, MAX_PATH_LENGTH).split('/')
  const isSecret = (segment: string, index: number): boolean =>
    segment.length > MAX_SEGMENT_LENGTH || (segment !== '' && segments[index - 1]?.toLowerCase() === 'join')
  return segments.map((segment, index) => (isSecret(segment, index) ? '…' : segment)).join('/')
}
