import type { Middleware } from 'koa'
import type Koa from 'koa'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { sendError } from './http/errors.ts'

export interface Viva {
  app: Koa
  /** Ends workers and storage; resolves when everything acknowledged is on disk. */
  close: () => Promise<void>
}

/** Opens the storage and puts the app together. Production, development and tests all start here. */
export async function openViva(options: {
  config: Config
  logger: Logger
  pages: Middleware
  development: boolean
}): Promise<Viva> {
  const { config, logger, pages, development } = options
  const app = createApp({
    logger,
    development,
    trustProxy: config.trustProxy,
    ready: async () => {},
    api: (_ctx, next) => next(),
    twin: (ctx) => sendError(ctx, 404),
    pages,
  })
  return { app, close: async () => {} }
}
