const MAX_ATTEMPTS = 5

/**
 * Runs an attempt that is conclusive only within the window of a limit, such as ten guesses in a minute. If it fails and took
 * longer, the machine was too slow, and it is repeated.
 * @param attempt receives its number, from 1, so that it can use accounts or addresses that haven't been counted yet
 */
export async function withinWindow(
  windowMs: number,
  attempt: (number: number) => Promise<void>,
): Promise<void> {
  for (let number = 1; ; number += 1) {
    const began = performance.now()
    try {
      return await attempt(number)
    } catch (error) {
      if (number === MAX_ATTEMPTS || performance.now() - began < windowMs) throw error
    }
  }
}
