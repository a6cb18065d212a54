import { availableParallelism } from 'node:os'
import { Tinypool } from 'tinypool'
import { workerUrl } from '../workers/worker-url.ts'
import { FairQueue, type Owner } from './fair-queue.ts'

/** As in the original's `BcryptHasher(rounds=10)`: 2¹⁰ rounds, some 70 ms. */
export const COST = 10

/** A login with an unknown email is compared with this, so that it takes as long as any other. No password has this hash. */
export const DUMMY_HASH = '$2b$10$Bbjng0RFnYanarYtAmLx6.7XOOcp4OjbGYDcuzJqeijMf18NHY5Wi'

/** How many passwords may be in work or waiting, and how many of them for one address. */
export interface PasswordLimits {
  capacity: number
  capacityOfAddress: number
}

/** A class of 300 behind one address logs in at the same moment; the other half is for everyone else. */
export const PASSWORD_LIMITS: PasswordLimits = { capacity: 1_000, capacityOfAddress: 500 }

/** As many as one sandbox has threads for. */
const CAPACITY_OF_SANDBOX = 40

// One core is left for the event loop, which must answer everyone else meanwhile.
const threads = Math.min(4, Math.max(2, availableParallelism() - 1))

/** The server itself, which hashes the passwords of seeded users. */
const SERVER: Owner = { address: '', sandbox: '' }

let pool: Tinypool | undefined
let queue = queueOf(PASSWORD_LIMITS)

/**
 * Salts and hashes a password with bcrypt in a worker thread. bcryptjs on the main thread would hold every other request.
 * @param password at most 72 bytes; bcrypt reads no more
 * @throws {PoolBusy}
 */
export function hash(password: string, owner: Owner = SERVER): Promise<string> {
  return run('hash', { password, cost: COST }, owner)
}

/**
 * Whether a password has this hash.
 * @throws {PoolBusy}
 */
export function compare(password: string, hashed: string, owner: Owner = SERVER): Promise<boolean> {
  return run('compare', { password, hashed }, owner)
}

/** How many passwords are in work or waiting, how many were refused, and how long one takes. */
export function passwordQueue(): FairQueue['numbers'] {
  return queue.numbers
}

/** Starts the threads, so that the first login doesn't wait for them. */
export function openPasswords(limits: PasswordLimits = PASSWORD_LIMITS): void {
  if (pool !== undefined) return
  queue = queueOf(limits)
  pool = new Tinypool({
    filename: workerUrl('passwords').href,
    minThreads: threads,
    maxThreads: threads,
  })
  // A thread that fails to start while no task waits for it would end the process; the next task starts another.
  pool.on('error', () => undefined)
}

/** Ends the threads. Waiting work is refused. */
export async function closePasswords(): Promise<void> {
  const closing = pool
  pool = undefined
  await closing?.destroy()
}

function run<Result>(name: 'hash' | 'compare', task: object, owner: Owner): Promise<Result> {
  if (pool === undefined) openPasswords()
  return queue.run(owner, async () => (await pool?.run(task, { name })) as Result)
}

function queueOf(limits: PasswordLimits): FairQueue {
  return new FairQueue({
    ...limits,
    refusal: 'Too many passwords are being checked',
    slots: threads,
    capacityOfSandbox: CAPACITY_OF_SANDBOX,
    expectedMs: 100,
  })
}
