import { expect, test } from 'vitest'
import { FairQueue, type FairQueueOptions, PoolBusy } from './fair-queue.ts'

function queueOf(options: Partial<FairQueueOptions> = {}) {
  const queue = new FairQueue({
    refusal: 'Too many',
    slots: 1,
    capacity: 100,
    capacityOfAddress: 50,
    capacityOfSandbox: 40,
    expectedMs: 1_000,
    ...options,
  })
  const begun: string[] = []
  const finish: (() => void)[] = []
  const ask = (address: string, sandbox = 'a', gone = () => false) =>
    queue.run({ address, sandbox, gone }, () => {
      begun.push(`${address} ${sandbox}`)
      return new Promise<void>((resolve) => finish.push(resolve))
    })
  /** Lets everything that has begun end, and what follows begin. */
  const step = async () => {
    for (const end of finish.splice(0)) end()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { queue, begun, ask, step }
}

const refusalOf = (asked: Promise<unknown>): Promise<PoolBusy> =>
  asked.then(
    () => expect.fail('was not refused'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(PoolBusy)
      return error as PoolBusy
    },
  )

test('addresses take turns, and within one its sandboxes do', async () => {
  const { begun, ask, step } = queueOf()
  const all = [ask('flood'), ask('flood'), ask('flood'), ask('flood', 'b'), ask('other'), ask('third')]
  for (let turn = 0; turn < 6; turn += 1) await step()
  expect(begun).toEqual(['flood a', 'flood a', 'other a', 'third a', 'flood b', 'flood a'])
  await step()
  await Promise.all(all)
})

test('an address and a sandbox can fill only their share of the queue, which leaves room for others', async () => {
  const { queue, ask, step } = queueOf({ capacity: 10, capacityOfAddress: 6, capacityOfSandbox: 4 })
  const taken = [1, 2, 3, 4].map(() => ask('one'))
  await refusalOf(ask('one'))
  taken.push(ask('one', 'b'), ask('one', 'b'))
  await refusalOf(ask('one', 'c'))
  taken.push(...[1, 2, 3, 4].map((index) => ask(`other ${index}`)))
  await refusalOf(ask('another'))
  expect(queue.numbers).toMatchObject({ pending: 10, refused: 3 })
  for (let turn = 0; turn < 11; turn += 1) await step()
  await Promise.all(taken)
  expect(queue.numbers.pending).toBe(0)
  const again = ask('one')
  await step()
  await step()
  await again
})

test('one address never takes every slot', async () => {
  const { begun, ask, step } = queueOf({ slots: 4, slotsOfAddress: 3 })
  const all = [1, 2, 3, 4].map((index) => ask('one', String(index)))
  await step()
  expect(begun).toEqual(['one 1', 'one 2', 'one 3'])
  await step()
  expect(begun.at(-1)).toBe('one 4')
  all.push(ask('one', '5'), ask('one', '6'), ask('one', '7'), ask('other'))
  await new Promise((resolve) => setImmediate(resolve))
  expect(begun.slice(4)).toEqual(['one 5', 'one 6', 'other a'])
  await step()
  await step()
  await Promise.all(all)
})

test('refused callers are told to return one after another, as fast as the work is done', async () => {
  const { ask, step } = queueOf({ capacityOfAddress: 4, slots: 2, slotsOfAddress: 2 })
  const taken = [1, 2, 3, 4].map(() => ask('one'))
  const waits: number[] = []
  for (let count = 0; count < 200; count += 1) waits.push((await refusalOf(ask('one'))).retryAfter)
  // Two at once, a second each: half a second for each one before.
  expect(waits.slice(0, 5)).toEqual([3, 3, 4, 4, 5])
  expect(Math.max(...waits)).toBe(60)
  // Another address finds room.
  taken.push(ask('other'))
  for (let turn = 0; turn < 5; turn += 1) await step()
  await Promise.all(taken)
})

test('work for a caller who has left is dropped', async () => {
  const { begun, ask, step } = queueOf()
  let left = false
  const [first, gone, last] = [ask('one'), ask('two', 'a', () => left), ask('three')]
  const dropped = refusalOf(gone)
  left = true
  await step()
  await step()
  await dropped
  expect(begun).toEqual(['one a', 'three a'])
  await step()
  await Promise.all([first, last])
})

test('failed work frees its slot', async () => {
  const { queue, ask, step } = queueOf()
  const failing = queue.run({ address: 'one', sandbox: 'a' }, () => Promise.reject(new Error('broken')))
  await expect(failing).rejects.toThrow('broken')
  const next = ask('one')
  await step()
  await step()
  await next
})
