import type { Logger } from 'pino'

const BROKEN = /^(HPE_|ECONN|EPIPE$|ERR_STREAM_PREMATURE_CLOSE$)/

/**
 * Logs what Koa tells of beside an answer. A connection that broke while a body was on its way is the caller's doing, and told
 * at level `debug`; anything else, such as a clean-up that failed, is a fault of ours. Koa by itself would print both as text.
 */
export function logStrayErrors(logger: Logger): (error: unknown) => void {
  return (error) => {
    const { name, code, stack } = error as NodeJS.ErrnoException
    if (BROKEN.test(code ?? '')) return logger.debug({ fault: code }, 'connection broke')
    const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
    logger.error({ error: [name, ...frames].join('\n') }, 'error beside an answer')
  }
}
