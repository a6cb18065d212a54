import { lengthOf } from '../../time/time.ts'

/** A connection as this browser measured it. */
export interface Measured {
  /** Shortest time there and back, in whole milliseconds. */
  roundTripMs: number
  /** By how much this device's clock is ahead of the server's; negative when it is behind. */
  aheadMs: number
}

/** How many messages are sent: the first one may have to open a connection. */
const TRIES = 3

/** Smaller differences are none: a clock is read while its message is on the way. */
const MIN_DIFFERENCE_MS = 2_000

interface Clocks {
  /** Milliseconds since the Unix epoch, as this device has it. */
  now: () => number
  /** Milliseconds since an arbitrary moment. */
  elapsed: () => number
}

/**
 * Sends a few messages one after the other.
 * @param readServerTime returns the server's time in milliseconds since the Unix epoch
 * @throws what `readServerTime` throws
 */
export async function measure(
  readServerTime: () => Promise<number>,
  { now, elapsed }: Clocks = { now: () => Date.now(), elapsed: () => performance.now() },
): Promise<Measured> {
  let best: Measured | null = null
  for (let tries = 0; tries < TRIES; tries += 1) {
    const sentAt = elapsed()
    const serverTime = await readServerTime()
    const roundTripMs = Math.max(1, Math.round(elapsed() - sentAt))
    // The server read its clock about half-way.
    const aheadMs = Math.round(now() - roundTripMs / 2 - serverTime)
    if (best === null || roundTripMs < best.roundTripMs) best = { roundTripMs, aheadMs }
  }
  return best as Measured
}

/** A sentence about the difference of the two clocks. */
export function clockWords(aheadMs: number): string {
  if (Math.abs(aheadMs) < MIN_DIFFERENCE_MS) return 'Your clock is right.'
  const way = aheadMs > 0 ? 'ahead' : 'behind'
  return `Your clock is ${lengthOf(Math.abs(aheadMs))} ${way}; that doesn’t matter, the interview goes by the server’s.`
}
