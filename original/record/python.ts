import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where virtual environments are kept between runs; it may be deleted at any time. */
const ENVIRONMENTS = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'viva-python')

/** Installs in half the time of the one that Python 3.11 brings, which compares each file of an index with a thousand platforms. */
const PIP = 'pip==26.3'

const IN_PATH = ['python3', 'python']

const INSPECT_SCRIPT = `
import os, sys, venv, ensurepip
print(sys.version.split()[0], sys.version_info >= (3, 10), os.path.realpath(sys.executable), sep="\\n")
`

/** No Python on this machine can run the original; `message` is the reason. */
export class NoPython extends Error {
  override name = 'NoPython'
}

interface Python {
  command: string
  version: string
  /** Its executable, with links resolved. */
  path: string
}

/**
 * A Python with the packages of `requirements`, in a virtual environment that is kept between runs.
 * @param requirements paths of requirements.txt files
 * @param options.command a Python, such as `/usr/bin/python3`; by default the first one of PATH
 * @param options.compile compiles all modules of the packages: worth its time only where more than one process imports them
 * @returns the path of its `python`
 * @throws NoPython when there is no Python 3.10 or newer with venv, or the packages can't be installed
 */
export async function pythonWith(
  requirements: readonly string[],
  { command, compile = true }: { command?: string | undefined; compile?: boolean } = {},
): Promise<string> {
  const python = await findPython(command === undefined ? IN_PATH : [command])
  const key = createHash('sha256').update(`${python.path} ${python.version}`)
  for (const file of requirements) key.update(await readFile(file))
  const folder = join(ENVIRONMENTS, key.digest('hex').slice(0, 16))
  const files = requirements.flatMap((file) => ['-r', file])
  return makeOnce(folder, async (unfinished) => {
    const pip = await pipOf(python)
    await run(python.command, ['-m', 'venv', '--without-pip', unfinished])
    // Older versions of pip have no `--python`.
    const target = ['--ignore-installed', '--no-warn-script-location', '--prefix', unfinished]
    const quiet = ['--quiet', '--disable-pip-version-check']
    const how = [...quiet, ...target, compile ? '--compile' : '--no-compile']
    await run(pip, ['-m', 'pip', 'install', ...how, ...files], { timeout: 1_200_000 })
  })
}

/** An environment with nothing but pip, which installs into all others: a pip in each takes longer than most packages. */
function pipOf({ command, path, version }: Python): Promise<string> {
  const key = createHash('sha256').update(`${path} ${version} ${PIP}`).digest('hex')
  return makeOnce(join(ENVIRONMENTS, `pip-${key.slice(0, 16)}`), async (unfinished) => {
    await run(command, ['-m', 'venv', unfinished])
    const own = pythonIn(unfinished)
    // Without it, the one that Python brought installs the packages.
    const quickly = ['--quiet', '--disable-pip-version-check', '--retries', '1']
    await run(own, ['-m', 'pip', 'install', ...quickly, PIP]).catch(() => undefined)
  })
}

function pythonIn(environment: string): string {
  return join(environment, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']))
}

/**
 * Makes an environment in one step, unless it is there: of two processes, the first one's stays.
 * @returns the path of its `python`
 */
async function makeOnce(folder: string, make: (unfinished: string) => Promise<void>): Promise<string> {
  const ready = pythonIn(folder)
  if (existsSync(ready)) return ready
  const unfinished = `${folder}.${process.pid}`
  await mkdir(dirname(folder), { recursive: true })
  try {
    await make(unfinished)
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (error instanceof NoPython) throw error
    if (!existsSync(ready)) throw new NoPython(`the packages can't be installed: ${lastLine(error)}`)
  }
  return ready
}

/** Every Python of this machine that can run the original, first the one that `pythonWith` uses by default. */
export async function findPythons(): Promise<Python[]> {
  const found: Python[] = []
  for (const command of [...IN_PATH, '/usr/bin/python3', '/usr/local/bin/python3']) {
    const python = await inspect(command)
    if (typeof python !== 'string' && found.every(({ path }) => path !== python.path)) found.push(python)
  }
  return found
}

async function findPython(commands: readonly string[]): Promise<Python> {
  let reason = 'no python3 in PATH'
  for (const command of commands) {
    const python = await inspect(command)
    if (typeof python !== 'string') return python
    reason = python === '' ? reason : python
  }
  throw new NoPython(reason)
}

/** @returns the Python, or the reason why it can't be used: '' when there is none */
async function inspect(command: string): Promise<Python | string> {
  try {
    const { stdout } = await run(command, ['-c', INSPECT_SCRIPT])
    const [version = '', newEnough, path = ''] = stdout.trim().split('\n')
    return newEnough === 'True' ? { command, version, path } : `Python ${version} is older than 3.10`
  } catch (error) {
    return isMissing(error) ? '' : lastLine(error)
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function lastLine(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return text.trim().split('\n').at(-1) ?? ''
}
