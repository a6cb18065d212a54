import { expect, onTestFinished, test, vi } from 'vitest'
import { WRONG_LOGINS } from './limiter.ts'
import { memoryLimits } from './memory-limits.ts'

test('after the clock is set back a day, a refusal still asks for no more than the usual wait', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const { logins } = memoryLimits(0)
  for (let attempt = 0; attempt < WRONG_LOGINS.points; attempt += 1) expect(await logins.take('ada')).toBe(0)
  vi.setSystemTime(Date.now() - 24 * 60 * 60_000)
  expect(await logins.take('ada')).toBe(WRONG_LOGINS.duration)
})
