import { expect, test } from 'vitest'
import { PoolBusy } from '../pools/fair-queue.ts'
import { StaleDataError } from '../sqlalchemy/exc.ts'
import { DamagedSandbox, QuotaExceeded, StorageFull, StorageUnavailable } from '../storage/errors.ts'
import { sandboxServer } from '../testing/serve-sandbox.ts'

test.each([
  [new QuotaExceeded('A sandbox holds at most 200 users'), 400, 'A sandbox holds at most 200 users', null, 0],
  [new StaleDataError('gone'), 404, 'User not found', null, 0],
  [new StorageFull('full'), 507, 'Nothing was stored: the server has no disk space left', null, 1],
  [new StorageUnavailable('EIO'), 503, 'The storage is not available', '5', 1],
  [new DamagedSandbox('/data/a.json', 'it is empty'), 503, 'The storage is not available', '5', 1],
  [new PoolBusy('Too many', 2), 503, 'Too many', '2', 0],
])('%s', async (error, status, detail, retryAfter, reports) => {
  const { address, reported } = await sandboxServer(() => [
    () => {
      throw error
    },
  ])
  const response = await fetch(address)
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual({ detail })
  expect(response.headers.get('Retry-After')).toBe(retryAfter)
  // What the storage refused may have been half done.
  expect(response.headers.get('X-Viva-Busy')).toBe(error instanceof PoolBusy ? '1' : null)
  expect(reported).toHaveLength(reports)
})
