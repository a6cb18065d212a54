import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { ensureBuilt } from './ensure-built.mjs'

const root = resolve(import.meta.dirname, '..')
const copied = [
  'contract',
  'content',
  'deck',
  'dist',
  'original',
  'public',
  'scripts',
  'server',
  'vite',
  'web',
]
const files = [
  'index.html',
  'interview.html',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
]

beforeAll(() => ensureBuilt())

/** A checkout that was built, under another name. */
async function checkout(name: string): Promise<string> {
  const above = await mkdtemp(join(tmpdir(), 'viva-start-'))
  onTestFinished(() => rm(above, { recursive: true, force: true }))
  const folder = join(above, name)
  await mkdir(folder)
  for (const each of [...copied, ...files]) {
    const filter = (path: string): boolean => !/\.venv|__pycache__|\.\w+_cache/.test(path)
    await cp(join(root, each), join(folder, each), { recursive: true, filter })
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** `npm start`, and the address that it prints. */
function start(folder: string): Promise<string> {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return new Promise((done, fail) => {
    let output = ''
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      const port = /Viva is at http:\/\/\S+:(\d+)\n/.exec(chunk.toString())?.[1]
      if (port !== undefined) done(`http://127.0.0.1:${port}`)
    })
    child.on('close', (code) => fail(new Error(`ended with ${code}: ${output}`)))
  })
}

test.each(['a#1', '%41', 'x y', 'viva ü', "it's 100% ?x=1&y", '日本 [1]'])(
  'npm start works in a folder named %s: pages, workers and stored rows',
  async (name) => {
    const address = await start(await checkout(name))
    expect(await (await fetch(address, { headers: { Accept: 'text/html' } })).text()).toContain('<html')
    const body = JSON.stringify({ name: 'Lin', email: 'lin@example.com', password: 'three green boats' })
    const headers = { 'Content-Type': 'application/json' }
    // Its password is hashed by a worker, which has a file of its own.
    expect((await fetch(`${address}/users/`, { method: 'POST', headers, body })).status).toBe(201)
    expect((await fetch(`${address}/docs`)).status).toBe(200)
  },
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
