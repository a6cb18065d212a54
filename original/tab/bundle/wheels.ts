import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const TAB = join(import.meta.dirname, '..')
const PROJECT_REQUIREMENTS = join(TAB, '..', 'project', 'requirements.txt')
const FACTS_REQUIREMENTS = join(TAB, '..', 'facts', 'requirements.txt')
export const LOCK = join(TAB, 'wheels.lock')

/** The ABI of the pyodide that package.json names: CPython 3.14, emscripten 5.0. */
const PLATFORM = [
  ...['--platform', 'pyemscripten_2026_0_wasm32', '--implementation', 'cp'],
  ...['--python-version', '3.14', '--abi', 'cp314'],
]

/** Not in the tab: no server listens there, and bcrypt has no wheel for it. */
const STAND_INS = /^(uvicorn|bcrypt)==/
/** What facts import besides the project's packages: TestClient needs it. */
const FOR_FACTS = /^httpx2==/

/** pip thinks of the machine that it runs on: on the tab's platform httpx2 does without these. */
const ELSEWHERE = /^(h11|httpcore2|truststore)-/

/** A registry that doesn't answer costs no more than this. */
const PIP_TIMEOUT_MS = 300_000
const PIP = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-input']
const PATIENCE = ['--timeout', '15', '--retries', '1']

/** This machine can't get the wheels; `message` is the reason. */
export class NoWheels extends Error {
  override name = 'NoWheels'
}

/** A line of the lock. */
export interface LockedWheel {
  name: string
  version: string
  sha256: string
}

/** The packages that the tab needs, as pip names them, with the versions of the project. */
export async function wantedPackages(): Promise<string[]> {
  const lines = async (file: string) => (await readFile(file, 'utf8')).split('\n').filter(Boolean)
  const project = (await lines(PROJECT_REQUIREMENTS)).filter((line) => !STAND_INS.test(line))
  const facts = (await lines(FACTS_REQUIREMENTS)).filter((line) => FOR_FACTS.test(line))
  // The extra `[bcrypt]` would ask for bcrypt.
  return [...project, ...facts].map((line) => line.replace(/\[.*\]/, ''))
}

/** @throws Error for a line that isn't `name==version --hash=sha256:…` */
export function readLock(text: string): LockedWheel[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, version, sha256] = /^([\w.-]+)==([\w.]+) --hash=sha256:([0-9a-f]{64})$/.exec(line) ?? []
      if (!name || !version || !sha256) throw new Error(`not a line of a lock: ${line}`)
      return { name, version, sha256 }
    })
}

/** Resolves what `wantedPackages` need and gives the text of the lock. @throws NoWheels */
export async function makeLock(cache: string): Promise<string> {
  return inTemporary(cache, async (folder) => {
    await pip([...(await wantedPackages()), '--dest', folder])
    const wheels = (await wheelsIn(folder)).filter((file) => !ELSEWHERE.test(file))
    const lines = wheels.map(async (file) => {
      const [name = '', version = ''] = file.split('-')
      const hash = sha256(await readFile(join(folder, file)))
      return `${name.replaceAll('_', '-').toLowerCase()}==${version} --hash=sha256:${hash}\n`
    })
    return `# The wheels of the original in the tab. Made by: npm run original -- --lock\n${(await Promise.all(lines)).join('')}`
  })
}

/**
 * The locked wheels, from the cache or by pip; each is compared with its hash either way.
 * @returns their paths
 * @throws NoWheels when there is no Python with pip, or the registry doesn't have them or doesn't answer
 */
export async function fetchWheels(cache: string): Promise<string[]> {
  const lock = await readFile(LOCK, 'utf8')
  const target = join(cache, `wheels-${sha256(Buffer.from(lock)).slice(0, 16)}`)
  const cached = await complete(target, lock)
  if (cached) return cached
  await rm(target, { recursive: true, force: true })
  await inTemporary(cache, async (folder) => {
    await pip(['--require-hashes', '--no-deps', '-r', LOCK, '--dest', folder])
    if (!(await complete(folder, lock)))
      throw new NoWheels('pip downloaded something else than the lock names')
    // Another process may have been quicker.
    await rename(folder, target).catch(() => undefined)
  })
  const fetched = await complete(target, lock)
  if (!fetched) throw new NoWheels(`${target} can't be written`)
  return fetched
}

/** The wheels of a folder, if they are exactly those of the lock. */
async function complete(folder: string, lock: string): Promise<string[] | undefined> {
  const files = (await wheelsIn(folder)).map((file) => join(folder, file))
  const hashes = await Promise.all(files.map(async (file) => sha256(await readFile(file))))
  const locked = readLock(lock).map((wheel) => wheel.sha256)
  return hashes.sort().join() === locked.sort().join() ? files : undefined
}

async function wheelsIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => [])
  return files.filter((file) => file.endsWith('.whl')).sort()
}

async function pip(args: readonly string[]): Promise<void> {
  const options = { timeout: PIP_TIMEOUT_MS, killSignal: 'SIGKILL' as const }
  const python = await findPip()
  try {
    await run(python, [...PIP, ...PATIENCE, '--only-binary=:all:', ...PLATFORM, ...args], options)
  } catch (error) {
    throw new NoWheels(`pip can't download the wheels: ${reasonOf(error)}`)
  }
}

/** @throws NoWheels when no Python of PATH has pip */
async function findPip(): Promise<string> {
  for (const command of ['python3', 'python']) {
    const found = await run(command, ['-m', 'pip', '--version'], { timeout: 30_000 }).catch(() => undefined)
    if (found) return command
  }
  throw new NoWheels('there is no Python with pip in PATH')
}

function reasonOf(error: unknown): string {
  const { killed, stderr = '' } = error as { killed?: boolean; stderr?: string }
  if (killed) return `the registry took longer than ${PIP_TIMEOUT_MS / 1000} s`
  return stderr.trim().split('\n').at(-1) || String(error)
}

async function inTemporary<T>(cache: string, use: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'unfinished-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
