import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { version } from '../package.json'
import { leaveOut } from './leave-out.mjs'
import {
  hasPostgresPrograms,
  makeBaseImage,
  makePostgresImage,
  newImageStore,
} from './testing/container/images.ts'
import { startPrivateHost, type PrivateHost } from './testing/container/private-host.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')
/** The user of the image. */
const VIVA = 10_001
/** Names that the Containerfile and compose.yaml give: what is in the store isn't looked for in a registry. */
const [NODE_IMAGE, POSTGRES_IMAGE] = [
  'docker.io/library/node:22-bookworm-slim',
  'docker.io/library/postgres:17-bookworm',
]
const USER = JSON.stringify({ name: 'Lin', email: 'lin@example.com', password: 'three green boats' })
const JSON_HEADERS = { 'Content-Type': 'application/json' }

if (process.getuid?.() === 0 && has('buildah')) whenThereIsBuildah()
else leaveOut('The container image was not built: that takes buildah, and root.')

test('compose.yaml builds the image with the release of this version', async () => {
  expect(await readFile(join(root, 'compose.yaml'), 'utf8')).toContain(`VERSION: ${version}\n`)
})

function whenThereIsBuildah(): void {
  let env: NodeJS.ProcessEnv
  const buildah = (...args: string[]) => run('buildah', args, { env })

  beforeAll(async () => {
    const store = await newImageStore()
    env = store.env
    await run(process.execPath, ['scripts/release.mjs'], { cwd: root })
    await makeBaseImage(env, NODE_IMAGE)
    const args = ['--format', 'docker', '--build-arg', `VERSION=${version}`]
    await buildah('bud', ...args, '--tag', 'localhost/viva_viva', root)
    return store.remove
  })

  test('the container runs as a user without rights, keeps its data in the volume, and drains', async () => {
    const container = (await buildah('from', 'localhost/viva_viva')).stdout.trim()
    onTestFinished(() => buildah('rm', container).then(() => undefined))
    const mounted = (await buildah('mount', container)).stdout.trim()
    const before = await listOf(mounted)
    const data = await mkdtemp(join(tmpdir(), 'viva-volume-'))
    onTestFinished(() => rm(data, { recursive: true, force: true }))
    await run('chown', [`${VIVA}:${VIVA}`, data])
    expect((await stat(join(mounted, 'data'))).uid).toBe(VIVA)

    // Not /data: `buildah run` puts a volume of its own there.
    const settings = ['PORT=0', 'HOST=127.0.0.1', 'DATA_DIR=/volume'].flatMap((each) => ['--env', each])
    const options = ['--isolation', 'chroot', ...settings, '--volume', `${data}:/volume`]
    const viva = spawn('buildah', ['run', ...options, container, '--', 'node', 'scripts/start.mjs'], { env })
    onTestFinished(() => void viva.kill('SIGTERM'))
    let output = ''
    for (const stream of [viva.stdout, viva.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const closed = once(viva, 'close')
    await expect.poll(() => output).toMatch(/Viva is at http:\/\/localhost:\d+\n/)
    const address = `http://127.0.0.1:${/localhost:(\d+)/.exec(output)?.[1]}`
    const created = await fetch(`${address}/users/`, { method: 'POST', headers: JSON_HEADERS, body: USER })
    expect(created.status).toBe(201)
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

  const missing = missingForCompose()
  if (missing === undefined)
    test('compose.yaml runs Viva with PostgreSQL, and keeps the data', () => compose(env))
  else leaveOut(`compose.yaml was not run: that takes ${missing}.`)
}

async function compose(env: NodeJS.ProcessEnv): Promise<void> {
  await makePostgresImage(env, POSTGRES_IMAGE)
  // The name of the folder becomes the beginning of all names, such as viva_viva_1.
  const above = await mkdtemp(join(tmpdir(), 'viva-compose-'))
  const folder = join(above, 'viva')
  onTestFinished(() => rm(above, { recursive: true, force: true }))
  for (const file of ['compose.yaml', 'Containerfile']) await cp(join(root, file), join(folder, file))
  const host = await startPrivateHost(env)
  const podman = async (...args: string[]) => (await host.run('/', 'podman', ...args)).stdout.trim()
  onTestFinished(async () => {
    // What has a control group would leave it behind.
    await podman('rm', '--all', '--force', '--time', '0').catch(() => undefined)
    await host.stop()
  })
  const command = (...args: string[]) => host.run(folder, 'podman-compose', ...args)
  const address = 'http://127.0.0.1:8000'
  const isReady = () => expect.poll(() => statusOf(host, `${address}/readyz`), { timeout: 120_000 }).toBe(200)

  const secret = randomBytes(32).toString('hex')
  for (const [given, absent] of [
    ['JWT_SECRET', 'POSTGRES_PASSWORD'],
    ['POSTGRES_PASSWORD', 'JWT_SECRET'],
  ]) {
    await writeFile(join(folder, '.env'), `${given}=${secret}\n`)
    await expect(command('up', '--detach')).rejects.toThrow(`set ${absent} in .env`)
  }
  const settings = { JWT_SECRET: secret, POSTGRES_PASSWORD: secret, TRUST_PROXY: 1, METRICS_TOKEN: secret }
  const lines = Object.entries({ ...settings, PUBLIC_URL: 'https://viva.example.org', HOST: '127.0.0.1' })
  await writeFile(join(folder, '.env'), lines.map(([name, value]) => `${name}=${value}\n`).join(''))
  await command('up', '--detach')
  await isReady()
  const redirect = await host.fetch(`${address}/users`, { headers: { 'X-Forwarded-For': '203.0.113.7' } })
  expect(redirect.headers['location']).toBe('https://viva.example.org/users/')
  const created = await host.fetch(`${address}/users/`, { method: 'POST', headers: JSON_HEADERS, body: USER })
  expect(created.status).toBe(201)
  expect((await host.fetch(`${address}/metrics`)).status).toBe(401)

  // Only this machine reaches the port, whatever its other addresses.
  const gateway = await podman('exec', 'viva_viva_1', 'node', '--eval', GATEWAY)
  expect(gateway).toMatch(/^\d+\.\d+\.\d+\.\d+$/)
  await expect(host.fetch(`http://${gateway}:8000/readyz`)).rejects.toThrow(/ECONNREFUSED/)
  const inside = JSON.parse(await podman('exec', 'viva_viva_1', 'node', '--eval', INSIDE)) as unknown
  expect(inside).toEqual({
    user: VIVA,
    rights: '0000000000000000',
    mayGainRights: '0',
    root: 'EROFS',
    tmp: 'ok',
  })
  for (const name of ['viva_viva_1', 'viva_database_1']) await podman('healthcheck', 'run', name)

  const restarts = async () => Number(await podman('inspect', '--format', '{{.RestartCount}}', 'viva_viva_1'))
  const before = await restarts()
  // Not by podman: what the user stops isn't restarted.
  await host.run('/', 'kill', '-KILL', await podman('inspect', '--format', '{{.State.Pid}}', 'viva_viva_1'))
  await expect.poll(restarts).toBeGreaterThan(before)
  await isReady()

  await command('stop')
  const { stdout, stderr } = await host.run('/', 'podman', 'logs', 'viva_viva_1')
  expect(`${stdout}${stderr}`).toMatch(/"msg":"stopped"\}\s*(Viva is at .*\s*)*$/)
  await command('down')
  expect(await podman('ps', '--all', '--quiet')).toBe('')
  // Nothing else is left behind.
  expect(await podman('volume', 'ls', '--quiet')).toBe('viva_database')
  await command('up', '--detach')
  await isReady()
  expect((await host.fetch(`${address}/users/`)).body).toContain('lin@example.com')
}

const GATEWAY = `
const [, hex] = /^\\S+\\t00000000\\t(\\w+)/m.exec(fs.readFileSync('/proc/net/route', 'utf8'))
console.log(Buffer.from(hex, 'hex').reverse().join('.'))`

const INSIDE = `
const status = fs.readFileSync('/proc/self/status', 'utf8')
const field = (name) => new RegExp(name + ':\\\\s*(\\\\S+)').exec(status)[1]
const write = (path) => { try { fs.writeFileSync(path, ''); return 'ok' } catch (error) { return error.code } }
const mayGainRights = field('NoNewPrivs') === '1' ? '0' : '1'
console.log(JSON.stringify({
  user: process.getuid(), rights: field('CapBnd'), mayGainRights, root: write('/srv/file'), tmp: write('/tmp/file'),
}))`

async function statusOf(host: PrivateHost, url: string): Promise<number | undefined> {
  return host.fetch(url).then(
    ({ status }) => status,
    () => undefined,
  )
}

/** What this machine lacks for containers that reach each other by name. */
function missingForCompose(): string | undefined {
  const programs = ['podman', 'podman-compose', 'unshare', 'nsenter', 'ip']
  const missing = programs.filter((program) => !has(program))
  for (const name of ['netavark', 'aardvark-dns'])
    if (!existsSync(`/usr/lib/podman/${name}`)) missing.push(name)
  if (!hasPostgresPrograms()) missing.push('PostgreSQL')
  return missing.length > 0 ? missing.join(', ') : undefined
}

function has(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
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

/** The program's own files in the image, with the times of their last changes. */
async function listOf(mounted: string): Promise<string[]> {
  const { stdout } = await run('find', [join(mounted, 'srv'), '-printf', '%p %s %T@\n'], {
    maxBuffer: 2 ** 26,
  })
  return stdout.split('\n').sort()
}
