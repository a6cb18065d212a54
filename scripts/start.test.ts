import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { ensureBuilt } from './ensure-built.mjs'
import { leaveOut } from './leave-out.mjs'
import { startIn } from './testing/start-in.ts'

const root = resolve(import.meta.dirname, '..')
const copied = ['contract', 'content', 'deck', 'original', 'public', 'scripts', 'server', 'vite', 'web']
const files = [
  'index.html',
  'interview.html',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
]

let build: string

beforeAll(async () => {
  build = await ensureBuilt()
})

/** A checkout that was built, under another name. */
async function checkout(name: string): Promise<string> {
  const above = await mkdtemp(join(tmpdir(), 'viva-start-'))
  onTestFinished(() => rm(above, { recursive: true, force: true }))
  const folder = join(above, name)
  await mkdir(folder)
  for (const each of [...copied, ...files, relative(root, build)]) {
    const filter = (path: string): boolean => !/\.venv|__pycache__|\.\w+_cache/.test(path)
    await cp(join(root, each), join(folder, each), { recursive: true, filter })
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** `npm start`, and the address that it prints. Rejects with what it wrote when it ends before. */
function start(
  folder: string,
  env: NodeJS.ProcessEnv = {},
  options?: Parameters<typeof startIn>[2],
): Promise<string> {
  return startIn(folder, { PATH: process.env.PATH, ...env }, options)
}

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-data-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function statusOf(page: string): Promise<number> {
  return (await fetch(page, { headers: { Accept: 'text/html' } })).status
}

/** Signs someone up: the password is hashed by a worker, which has a file of its own. */
async function signUp(address: string): Promise<number> {
  const body = JSON.stringify({ name: 'Lin', email: 'lin@example.com', password: 'three green boats' })
  const headers = { 'Content-Type': 'application/json' }
  return (await fetch(`${address}/users/`, { method: 'POST', headers, body })).status
}

test.each(['a#1 %41', "it's 100% ?x=1&y", 'viva ü 日本 [1]'])(
  'npm start works in a folder named %s: pages, workers and stored rows',
  async (name) => {
    const address = await start(await checkout(name))
    expect(await (await fetch(address, { headers: { Accept: 'text/html' } })).text()).toContain('<html')
    expect([await signUp(address), await statusOf(`${address}/docs`)]).toEqual([201, 200])
  },
)

test('two servers with two decks run from one checkout, and building the second leaves the first alone', async () => {
  const filesOf = async (): Promise<string[]> => {
    const names = await readdir(build, { recursive: true })
    const files = names.filter((name) => !name.startsWith('.users'))
    return Promise.all(files.map(async (name) => `${name} ${(await stat(join(build, name))).ctimeMs}`))
  }
  const first = await start(root, { DATA_DIR: await dataFolder() })
  const before = await filesOf()
  const second = await start(root, {
    DATA_DIR: await dataFolder(),
    CONTENT_DIR: 'deck/testing/second-deck',
  })
  expect(await filesOf()).toEqual(before)
  const ownPages = ['/lessons/authentication', '/lessons/safe-methods']
  const statuses = [first, second].flatMap((address) => ownPages.map((page) => statusOf(address + page)))
  expect(await Promise.all(statuses)).toEqual([200, 404, 404, 200])
  expect([await signUp(first), await signUp(second)]).toEqual([201, 201])
})

const NOBODY = { uid: 65_534, gid: 65_534 }

if (process.getuid?.() === 0)
  test("another user starts what is built in a checkout that they can't write, and learns what to do if it isn't", async () => {
    const folder = await checkout('owned')
    await chmod(dirname(folder), 0o755)
    const data = await dataFolder()
    await chown(data, NOBODY.uid, NOBODY.gid)
    const address = await start(folder, { DATA_DIR: data }, NOBODY)
    expect(await signUp(address)).toBe(201)
    await expect(start(folder, { DATA_DIR: data, CONTENT_DIR: '/nowhere' }, NOBODY)).rejects.toThrow(
      /^ended with 1: Viva can't start: the build failed: .* can't be written \(EACCES\): start as the owner of this folder, .*\n$/,
    )
  })
else
  leaveOut(
    "Not root here: whether another user can start Viva from a checkout that isn't theirs was not checked.",
  )

test('SIGTERM to npm start ends the server, too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'viva-npm-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const npm = spawn('npm', ['start'], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that nothing outlives a failed test.
    detached: true,
  })
  onTestFinished(() => endGroup(npm.pid!))
  let output = ''
  for (const stream of [npm.stdout, npm.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  // Ends when the server does: until then it holds the streams open.
  const closed = once(npm, 'close')
  await expect.poll(() => output).toMatch(/Viva is at [^]*"listening"/)
  npm.kill('SIGTERM')
  await closed
  expect(output).toContain('"msg":"stopped"')
})

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
