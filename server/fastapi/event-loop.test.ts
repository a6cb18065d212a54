import { expect, test } from 'vitest'
import { peakOverlap } from '#contract/peak-overlap.ts'
import { EventLoop } from './event-loop.ts'
import type { Request } from './request.ts'
import { runInThreadpool } from './threadpool.ts'

const requestOn = (loop: EventLoop): Request => ({ state: { loop } }) as Request

test('blocking calls run one after another', async () => {
  const loop = new EventLoop()
  const spans = await Promise.all([30, 30, 30].map((ms) => loop.block(requestOn(loop), ms)))
  expect(peakOverlap(spans)).toBe(1)
  for (const { started, ended } of spans) expect(ended - started).toBeGreaterThanOrEqual(29)
})

test("a steady flow of blocking calls doesn't keep another request waiting forever", async () => {
  const loop = new EventLoop()
  let answered = false
  const request = requestOn(loop)
  void loop.block(requestOn(loop), 20)
  await new Promise((resolve) => setTimeout(resolve, 10))
  void loop.serve(request, async () => undefined).then(() => (answered = true))
  // The next one is always there before the last one is over.
  let rounds = 0
  while (!answered) {
    rounds += 1
    await Promise.all([
      loop.serve(requestOn(loop), async () => void (await loop.block(requestOn(loop), 20))),
      new Promise((resolve) => setTimeout(resolve, 10)),
    ])
  }
  expect(rounds).toBeLessThan(5)
})

test('the 41st call takes the first free thread, in order of arrival, even after failures', async () => {
  const loop = new EventLoop()
  const log: string[] = []
  const finish: (() => void)[] = []
  const call = async (name: string) => {
    const running = runInThreadpool(requestOn(loop), async () => {
      log.push(name)
      await new Promise<void>((resolve) => finish.push(resolve))
      if (name === 'fails') throw new Error(name)
    })
    await Promise.resolve(running).catch(() => undefined)
  }
  const calls = [call('fails'), ...Array.from({ length: 39 }, () => call('works'))]
  calls.push(call('41st'), call('42nd'))
  await Promise.resolve()
  expect(log).toHaveLength(40)
  finish[0]?.()
  await expect.poll(() => log.slice(40)).toEqual(['41st'])
  finish[1]?.()
  await expect.poll(() => log.slice(40)).toEqual(['41st', '42nd'])
  for (const end of finish) end()
  await Promise.all(calls)
})
