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
 * The secret in the data folder, generated if missing; only its owner may read it.
 * @throws {StartFault} when it is too short
 */
export function storedSecret(dataDir: string): Uint8Array {
  const file = join(dataDir, 'jwt-secret')
  if (!existsSync(file)) makeSecret(file)
  chmodSync(file, 0o600)
  const secret = new TextEncoder().encode(readFileSync(file, 'utf8').trim())
  if (secret.length < 32) {
    throw new StartFault(
      `${file} contains less than 32 bytes. Delete it to generate a new secret; existing tokens become invalid.`,
    )
  }
  return secret
}

/** Written whole and flushed, since an empty file after a power cut would keep Viva from starting. Of several processes that start at once, one creates it. */
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
