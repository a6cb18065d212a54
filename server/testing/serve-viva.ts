import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openViva, type VivaOptions } from '../compose.ts'
import { readConfig } from '../config/config.ts'
import { createLogger } from '../http/logger.ts'
import { serveApp, type ServedApp } from './serve-app.ts'

export interface ServedViva extends ServedApp {
  dataDir: string
}

export interface ServeVivaOptions extends Partial<Pick<VivaOptions, 'limits' | 'pages' | 'questions'>> {
  /** Days after which an interview is deleted; may be a fraction. */
  interviewDays?: number | undefined
  /** Days after which an unused copy of a study log is deleted; may be a fraction. */
  studyDays?: number
}

/** The whole app with these settings, and with a temporary data folder unless they name one. */
export async function serveViva(
  env: NodeJS.ProcessEnv = {},
  { interviewDays, studyDays, ...options }: ServeVivaOptions = {},
): Promise<ServedViva> {
  const ownFolder = env.DATA_DIR === undefined ? await mkdtemp(join(tmpdir(), 'viva-test-')) : undefined
  const config = readConfig({ DATA_DIR: ownFolder, LOG_LEVEL: 'silent', ...env })
  const viva = await openViva({
    config: {
      ...config,
      ...(interviewDays !== undefined && { interviewDays }),
      ...(studyDays !== undefined && { studyDays }),
    },
    logger: createLogger(config.logLevel),
    pages: (_ctx, next) => next(),
    development: false,
    ...options,
  })
  const { origin, port, close } = await serveApp(viva.app.callback())
  return {
    ...{ origin, port, dataDir: config.dataDir },
    close: async () => {
      await viva.endStreams()
      await close()
      await viva.close()
      if (ownFolder !== undefined) await rm(ownFolder, { recursive: true, force: true })
    },
  }
}
