import type { Logger } from 'pino'

const BROKEN = /^(HPE_|ECONN|EPIPE$|ERR_STREAM_PREMATURE_CLOSE$)/

/**
 * Logs errors that Koa emits outside the middleware chain. A connection that broke during a body is the caller's doing and
 * logged at level `debug`; anything else, such as a failed clean-up, is our fault. By default, Koa would print both as text.
 */
export function logStrayErrors(logger: Logger): (error: unknown) => void {
  return (error) => {
    const { name, code, stack } = error as NodeJS.ErrnoException
    if (BROKEN.test(code ?? '')) return logger.debug({ fault: code }, 'connection broke')
    const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
    logger.error({ error: [name, ...frames].join('\n') }, 'error outside a request')
  }
}
