import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The machine has no Python that can run the original, and why. */
export class NoPython extends Error {
  override name = 'NoPython'
}

/**
 * A Python with what `requirements` names, in a virtual environment that is kept between runs.
 * @param requirements path of a requirements.txt
 * @param cache a folder that may be deleted at any time
 * @returns the path of its `python`
 * @throws NoPython when there is no Python 3.10 or newer with venv, or the packages can't be had
 */
export async function pythonWith(requirements: string, cache: string): Promise<string> {
  const python = await findPython()
  const key = createHash('sha256')
    .update(await readFile(requirements))
    .update(python.version)
  const folder = join(cache, key.digest('hex').slice(0, 16))
  const inVenv = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']
  const ready = join(folder, ...inVenv)
  if (existsSync(ready)) return ready

  const unfinished = `${folder}.${process.pid}`
  await mkdir(cache, { recursive: true })
  try {
    await run(python.command, ['-m', 'venv', unfinished])
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]
    await run(join(unfinished, ...inVenv), pip, { timeout: 300_000 })
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(ready)) throw new NoPython(`the packages can't be installed: ${lastLine(error)}`)
  }
  return ready
}

async function findPython(): Promise<{ command: string; version: string }> {
  const ask = 'import sys, venv, ensurepip; print(sys.version.split()[0], sys.version_info >= (3, 10))'
  let reason = 'no python3 in PATH'
  for (const command of ['python3', 'python']) {
    try {
      const { stdout } = await run(command, ['-c', ask])
      const [version = '', newEnough] = stdout.trim().split(' ')
      if (newEnough === 'True') return { command, version }
      reason = `Python ${version} is older than 3.10`
    } catch (error) {
      if (!isMissing(error)) reason = lastLine(error)
    }
  }
  throw new NoPython(reason)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function lastLine(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return text.trim().split('\n').at(-1) ?? ''
}
