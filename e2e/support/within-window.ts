const MAX_ATTEMPTS = 5

/**
 * Makes an attempt that says something only when it fits into the window of a limit, such as ten guesses in a minute. When it fails and took
 * longer than that, the machine was too slow, and it is made again.
 * @param attempt is given its number, from 1, so that it can begin with accounts or addresses that have not been counted yet
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
