import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { version } from '../package.json'
import { leaveOut } from './leave-out.mjs'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')
/** The user of the image. */
const VIVA = 10_001
/** What the image needs of the one below it: Node, and what RUN in the Containerfile calls. */
const PROGRAMS = [process.execPath, '/bin/sh', '/usr/bin/install', '/usr/bin/ln']

if (canBuild()) whenThereIsBuildah()
else leaveOut('The container image was not built: that takes buildah, and root.')

test('compose.yaml builds the image with the release of this version', async () => {
  expect(await readFile(join(root, 'compose.yaml'), 'utf8')).toContain(`VERSION: ${version}\n`)
})

function whenThereIsBuildah(): void {
  let store: string
  const buildah = (...args: string[]) => run('buildah', ['--storage-driver', 'vfs', '--root', store, ...args])

  beforeAll(async () => {
    store = await mkdtemp(join(tmpdir(), 'viva-images-'))
    await run(process.execPath, ['scripts/release.mjs'], { cwd: root })
    return () => rm(store, { recursive: true, force: true })
  })

  test('the container runs as a user without rights, keeps its data in the volume, and drains', async () => {
    const base = (await buildah('from', 'scratch')).stdout.trim()
    await buildah('copy', '--quiet', base, await programs(), '/')
    await buildah('config', '--env', 'PATH=/usr/bin:/bin', base)
    await buildah('commit', '--quiet', base, 'viva-base')
    const args = ['--build-arg', 'BASE=localhost/viva-base', '--build-arg', `VERSION=${version}`]
    await buildah('bud', '--isolation', 'chroot', ...args, '--tag', 'viva', root)

    const container = (await buildah('from', 'localhost/viva')).stdout.trim()
    const mounted = (await buildah('mount', container)).stdout.trim()
    const before = await listOf(mounted)
    const data = await mkdtemp(join(tmpdir(), 'viva-volume-'))
    onTestFinished(() => rm(data, { recursive: true, force: true }))
    await run('chown', [`${VIVA}:${VIVA}`, data])
    expect((await stat(join(mounted, 'data'))).uid).toBe(VIVA)

    // Not /data: `buildah run` puts a volume of its own there.
    const options = [
      '--isolation',
      'chroot',
      '--env',
      'PORT=0',
      '--env',
      'HOST=127.0.0.1',
      '--env',
      'DATA_DIR=/volume',
    ]
    const viva = spawn('buildah', [
      ...['--storage-driver', 'vfs', '--root', store, 'run', ...options, '--volume', `${data}:/volume`],
      ...[container, '--', 'node', 'scripts/start.mjs'],
    ])
    onTestFinished(() => void viva.kill('SIGTERM'))
    let output = ''
    for (const stream of [viva.stdout, viva.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const closed = once(viva, 'close')
    await expect.poll(() => output).toMatch(/Viva is at http:\/\/localhost:\d+\n/)
    const address = `http://127.0.0.1:${/localhost:(\d+)/.exec(output)?.[1]}`
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify({ name: 'Lin', email: 'lin@example.com', password: 'three green boats' })
    expect((await fetch(`${address}/users/`, { method: 'POST', headers, body })).status).toBe(201)
    expect((await fetch(`${address}/readyz`)).status).toBe(200)

    // As a container's runtime does, which `buildah run` isn't: it kills what it runs.
    process.kill(await serverBelow(viva.pid!), 'SIGTERM')
    await closed
    expect(output).toContain('"msg":"stopped"')
    const written = await readdir(data, { recursive: true })
    expect(written).toContain(join('sandboxes', 'de', 'default.json'))
    for (const name of written) expect((await stat(join(data, name))).uid).toBe(VIVA)
    expect(await listOf(mounted)).toEqual(before)
  })
}

function canBuild(): boolean {
  try {
    execFileSync('buildah', ['--version'])
    return process.getuid?.() === 0
  } catch {
    return false
  }
}

/** The process that runs the server, started by this one or by one that it started. */
async function serverBelow(ancestor: number): Promise<number> {
  const { stdout } = await run('ps', ['-eo', 'pid=,ppid=,args='])
  const all = stdout.split('\n').map((line) => /(\d+)\s+(\d+)\s+(.*)/.exec(line) ?? [])
  const below = new Set([String(ancestor)])
  // A child has the larger id almost always; a second pass finds the others.
  for (const [, pid = '', ppid = ''] of [...all, ...all]) if (below.has(ppid)) below.add(pid)
  const server = all.find(
    ([, pid = '', , args = '']) => below.has(pid) && /^(\/usr\/bin\/)?node scripts/.test(args),
  )
  return Number(server?.[1])
}

/** A folder with the programs and the libraries that they load, in their places. */
async function programs(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-base-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const program of PROGRAMS) {
    const place = program === process.execPath ? '/usr/bin/node' : program
    await copy(program, join(folder, place))
    const { stdout } = await run('ldd', [program])
    for (const [library] of stdout.matchAll(/\/\S+/g)) await copy(library, join(folder, library))
  }
  for (const empty of ['srv', 'tmp', 'etc']) await mkdir(join(folder, empty))
  return folder
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await cp(from, to, { dereference: true })
}

/** The program's own files in the image, with the times of their last changes. */
async function listOf(mounted: string): Promise<string[]> {
  const { stdout } = await run('find', [join(mounted, 'srv'), '-printf', '%p %s %T@\n'], {
    maxBuffer: 2 ** 26,
  })
  return stdout.split('\n').sort()
}
