import { availableParallelism } from 'node:os'
import { Tinypool } from 'tinypool'
import { workerUrl } from '../workers/worker-url.ts'
import { PoolBusy } from './pool-busy.ts'

/** As in the original's `BcryptHasher(rounds=10)`: 2¹⁰ rounds, some 70 ms. */
export const COST = 10

/** What a login of someone unknown is compared with, so that it takes as long as any other. No password has this hash. */
export const DUMMY_HASH = '$2b$10$Bbjng0RFnYanarYtAmLx6.7XOOcp4OjbGYDcuzJqeijMf18NHY5Wi'

/** With two threads at 70 ms each, the last one waits some four seconds. */
const LONGEST_QUEUE = 128
/** Half of it is the most that one owner may have waiting: the others still find room. */
const LONGEST_OF_ONE = LONGEST_QUEUE / 2
const RETRY_AFTER = 2

// One core stays for the event loop, which must answer everybody else meanwhile.
const threads = Math.min(4, Math.max(2, availableParallelism() - 1))

let pool: Tinypool | undefined
let pending = 0
let refused = 0
const pendingOf = new Map<string, number>()

/** Who a password is worked on for: an address, a sandbox. */
export type Owners = readonly string[]

/**
 * Salts and hashes a password with bcrypt in a worker thread. bcryptjs on the main thread would hold every other request.
 * @param password at most 72 bytes; bcrypt reads no more
 * @throws {PoolBusy}
 */
export function hash(password: string, owners: Owners = []): Promise<string> {
  return run('hash', { password, cost: COST }, owners)
}

/**
 * Whether a password has this hash.
 * @throws {PoolBusy}
 */
export function compare(password: string, hashed: string, owners: Owners = []): Promise<boolean> {
  return run('compare', { password, hashed }, owners)
}

/** How many passwords are worked on or wait, and how many were refused since the process began. */
export function passwordQueue(): { pending: number; refused: number } {
  return { pending, refused }
}

/** Starts the threads, so that the first login doesn't wait for them. */
export function openPasswords(): void {
  if (pool !== undefined) return
  pool = new Tinypool({
    filename: workerUrl('passwords').href,
    minThreads: threads,
    maxThreads: threads,
  })
  // A thread that fails to start while no task waits for it would end the process; the next task starts another.
  pool.on('error', () => undefined)
}

/** Ends the threads. What still waits is refused. */
export async function closePasswords(): Promise<void> {
  const closing = pool
  pool = undefined
  await closing?.destroy()
}

async function run<Result>(name: 'hash' | 'compare', task: object, owners: Owners): Promise<Result> {
  const full = owners.some((owner) => (pendingOf.get(owner) ?? 0) >= LONGEST_OF_ONE)
  if (full || pending >= LONGEST_QUEUE) {
    refused += 1
    throw new PoolBusy('Too many passwords are being checked', RETRY_AFTER)
  }
  openPasswords()
  count(owners, 1)
  try {
    return (await pool?.run(task, { name })) as Result
  } finally {
    count(owners, -1)
  }
}

function count(owners: Owners, change: 1 | -1): void {
  pending += change
  for (const owner of owners) {
    const left = (pendingOf.get(owner) ?? 0) + change
    if (left === 0) pendingOf.delete(owner)
    else pendingOf.set(owner, left)
  }
}
