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
const RETRY_AFTER = 2

// One core stays for the event loop, which must answer everybody else meanwhile.
const threads = Math.min(4, Math.max(2, availableParallelism() - 1))

let pool: Tinypool | undefined
let pending = 0

/**
 * Salts and hashes a password with bcrypt in a worker thread. bcryptjs on the main thread would hold every other request.
 * @param password at most 72 bytes; bcrypt reads no more
 * @throws {PoolBusy}
 */
export function hash(password: string): Promise<string> {
  return run('hash', { password, cost: COST })
}

/**
 * Whether a password has this hash.
 * @throws {PoolBusy}
 */
export function compare(password: string, hashed: string): Promise<boolean> {
  return run('compare', { password, hashed })
}

/** Starts the threads, so that the first login doesn't wait for them. */
export function openPasswords(): void {
  pool ??= new Tinypool({
    filename: workerUrl('passwords').href,
    minThreads: threads,
    maxThreads: threads,
  })
}

/** Ends the threads. What still waits is refused. */
export async function closePasswords(): Promise<void> {
  const closing = pool
  pool = undefined
  await closing?.destroy()
}

async function run<Result>(name: 'hash' | 'compare', task: object): Promise<Result> {
  if (pending >= LONGEST_QUEUE) throw new PoolBusy('Too many passwords are being checked', RETRY_AFTER)
  openPasswords()
  pending += 1
  try {
    return (await pool?.run(task, { name })) as Result
  } finally {
    pending -= 1
  }
}
