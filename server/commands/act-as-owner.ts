import { statSync } from 'node:fs'

/**
 * When root runs a command on a data folder of another user, the process becomes that user: otherwise the files that it writes would
 * belong to root, and Viva could no longer read them. Does nothing for other users, on Windows, and where there is no folder.
 */
export function actAsOwner(dataDir: string): void {
  if (process.getuid?.() !== 0) return
  const owner = statSync(dataDir, { throwIfNoEntry: false })
  if (owner === undefined || owner.uid === 0) return
  process.setgroups?.([owner.gid])
  process.setgid?.(owner.gid)
  process.setuid?.(owner.uid)
}
