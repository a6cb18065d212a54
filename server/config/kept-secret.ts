import { randomBytes, randomUUID } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { StartFault } from './start-fault.ts'

/**
 * The secret in the data folder, which is made when there is none; only its owner may read it.
 * @throws {StartFault} when what stands there is too short
 */
export function keptSecret(dataDir: string): Uint8Array {
  const file = join(dataDir, 'jwt-secret')
  if (!existsSync(file)) makeSecret(file)
  chmodSync(file, 0o600)
  const secret = new TextEncoder().encode(readFileSync(file, 'utf8').trim())
  if (secret.length < 32) {
    throw new StartFault(
      `${file} holds less than 32 bytes: remove it, and a new secret is made (tokens end).`,
    )
  }
  return secret
}

/** Whole, and on disk: after a power cut an empty one would keep Viva from starting. Of several starters one makes it. */
function makeSecret(file: string): void {
  const draft = `${file}.${randomUUID()}`
  try {
    writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600, flush: true })
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  // Windows refuses to open a folder.
  if (process.platform === 'win32') return
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
