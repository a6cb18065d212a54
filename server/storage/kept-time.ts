import { join } from 'node:path'
import type { Disk } from './files/disk.ts'

const FILE = 'lived'

/** What the process before this one noted, in milliseconds of the epoch; undefined when there is nothing that can be read. */
export async function keptTime(dataDir: string, disk: Disk): Promise<number | undefined> {
  const text = await disk.readFile(join(dataDir, FILE)).then(
    (bytes) => Buffer.from(bytes).toString(),
    () => '',
  )
  return /^\d{1,16}$/.test(text) ? Number(text) : undefined
}

/** Notes how far time has come. One that is lost in a power cut leaves the one before, or none. */
export async function keepTime(dataDir: string, lived: number, disk: Disk): Promise<void> {
  const handle = await disk.open(join(dataDir, FILE), 'w', 0o600)
  await handle.writeFile(String(Math.floor(lived))).finally(() => handle.close())
}
