/** What this process's storage has done so far, for `/metrics`. No decision depends on it. */
export const storageNumbers = {
  commits: 0,
  failedCommits: 0,
  /** Seconds that all commits took together. */
  commitSeconds: 0,
  /** Sandboxes in memory. */
  openSandboxes: 0,
  /** When all streams were last backed up, in milliseconds since 1970; NaN before that. */
  streamsBackedUpAt: NaN,
}

/** Runs one commit and counts it as stored or failed. */
export async function countCommit(commit: () => Promise<void>): Promise<void> {
  const began = performance.now()
  try {
    await commit()
    storageNumbers.commits += 1
  } catch (error) {
    storageNumbers.failedCommits += 1
    throw error
  } finally {
    storageNumbers.commitSeconds += (performance.now() - began) / 1000
  }
}
