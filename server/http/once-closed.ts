import type { ServerResponse } from 'node:http'

/** Runs `release` once the answer has gone out or can't any more, even when that has already happened. */
export function onceClosed(response: ServerResponse, release: () => void): void {
  if (response.destroyed) release()
  else response.once('close', release)
}
