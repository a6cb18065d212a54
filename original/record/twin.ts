import { memoryLimits } from '../../server/limits/memory-limits.ts'
import { serveViva } from '../../server/testing/serve-viva.ts'
import { RECORDING_SECRET, type Target } from '../replay/recording.ts'

export interface Twin extends Target {
  stop(): Promise<void>
}

/** The whole app on a free port, with a temporary data folder and without pages. `reset` also clears the limits. */
export async function startTwin(): Promise<Twin> {
  let counted = memoryLimits(0)
  const limits = {
    ...counted,
    logins: {
      take: (...key: Parameters<typeof counted.logins.take>) => counted.logins.take(...key),
      giveBack: (key: string) => counted.logins.giveBack(key),
      forget: (key: string) => counted.logins.forget(key),
    },
  }
  const { origin, close } = await serveViva({ JWT_SECRET: RECORDING_SECRET }, { limits })
  return {
    origin,
    async reset() {
      counted = memoryLimits(0)
      const answer = await fetch(`${origin}/api/sandbox/reset`, { method: 'POST' })
      if (!answer.ok) throw new Error(`the sandbox can't be reset: ${answer.status} ${await answer.text()}`)
    },
    stop: close,
  }
}
