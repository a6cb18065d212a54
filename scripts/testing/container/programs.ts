import { execFile } from 'node:child_process'
import { cp, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Copies programs of this machine, and the libraries that they load, to the same places below `folder`. */
export async function copyPrograms(folder: string, programs: readonly string[]): Promise<void> {
  for (const program of programs) {
    await copy(program, join(folder, program === process.execPath ? '/usr/bin/node' : program))
    const { stdout } = await run('ldd', [program])
    for (const [library] of stdout.matchAll(/\/\S+/g)) await copy(library, join(folder, library))
  }
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await cp(from, to, { dereference: true })
}
