/** What this process's storage has done so far, for whoever watches it. A storage adds to it; nobody decides by it. */
export const storageNumbers = {
  commits: 0,
  failedCommits: 0,
  /** Seconds that all commits together took. */
  commitSeconds: 0,
  /** Sandboxes in memory. */
  openSandboxes: 0,
}

/** Runs one commit and counts it, by its outcome. */
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
