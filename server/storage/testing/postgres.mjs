import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * A PostgreSQL for tests: the one of `DATABASE_URL`, else a private one from this machine's own programs. It listens on a free
 * port of the loopback, keeps nothing, and is shared by all test files of a run; `stopPostgres` ends it.
 */
const folder = resolve(import.meta.dirname, '../../../node_modules/.viva/postgres')
const running = join(folder, 'running.json')
const starting = join(folder, 'starting')

/** Address of a database of the server, or undefined where there is no PostgreSQL. */
export async function postgresUrl() {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL
  await mkdir(folder, { recursive: true })
  for (;;) {
    const known = await readRunning()
    if (known?.none) return undefined
    if (known && isAlive(known.pid)) return known.url
    if (await isFirst()) {
      try {
        const started = await start()
        await writeWhole(running, JSON.stringify(started))
        return started.url
      } finally {
        await rm(starting, { recursive: true, force: true })
      }
    }
    await wait(100)
  }
}

/** Ends the private server, if one was started, and forgets what was found. */
export async function stopPostgres() {
  const known = await readRunning()
  await rm(folder, { recursive: true, force: true })
  if (!known?.pid) return
  if (isAlive(known.pid)) process.kill(known.pid, 'SIGINT')
  for (let times = 0; times < 50 && isAlive(known.pid); times += 1) await wait(100)
  await rm(known.data, { recursive: true, force: true })
}

async function start() {
  const bin = (await programs()) ?? (await installed())
  if (bin === undefined) return { none: true }
  const data = await mkdtemp(join(tmpdir(), 'viva-postgres-'))
  const owner = await ownerOf(data)
  const port = await freePort()
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'viva', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    {
      ...owner,
      stdio: 'ignore',
      cwd: '/',
    },
  )
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    max_connections: '200',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...flags], {
    ...owner,
    stdio: 'ignore',
    cwd: '/',
    detached: true,
  })
  server.unref()
  const url = `postgres://viva@127.0.0.1:${port}/postgres`
  await answers(url)
  return { url, pid: server.pid, data }
}

/** The folder of `initdb` and `postgres`, the newest version first. */
async function programs() {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? await readdir(root) : []
  const folders = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(root, version, 'bin'))
  const others = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
  return [...folders, ...others].find(
    (bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')),
  )
}

async function installed() {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return undefined
  console.log('No PostgreSQL here: apt-get install postgresql')
  try {
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'postgresql']]) {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
      execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000, env })
    }
  } catch (error) {
    console.log(`  ${error.message}`)
  }
  return programs()
}

/** PostgreSQL doesn't run as root: root lends it the user that Debian's package makes. */
async function ownerOf(data) {
  if (process.getuid?.() !== 0) return {}
  const entry = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find((line) => line.startsWith('postgres:'))
  const [, , uid, gid] = (entry ?? '').split(':').map(Number)
  if (!uid) throw new Error(`${userInfo().username} can't run PostgreSQL, and there is no user postgres`)
  await chown(data, uid, gid)
  return { uid, gid }
}

async function answers(url) {
  const { default: pg } = await import('pg')
  for (let times = 0; ; times += 1) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return
    } catch (error) {
      if (times > 100) throw error
      await wait(100)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

async function freePort() {
  const server = createServer()
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address()
  await new Promise((done) => server.close(done))
  return port
}

async function readRunning() {
  try {
    return JSON.parse(await readFile(running, 'utf8'))
  } catch {
    return undefined
  }
}

/** Only one of several test files starts the server; one that was killed meanwhile holds the others for a minute at most. */
async function isFirst() {
  try {
    await mkdir(starting)
    await writeFile(join(starting, 'pid'), String(process.pid))
    return true
  } catch {
    const pid = Number(await readFile(join(starting, 'pid'), 'utf8').catch(() => '0'))
    if (pid > 0 && !isAlive(pid)) await rm(starting, { recursive: true, force: true })
    return false
  }
}

async function writeWhole(file, text) {
  await writeFile(`${file}.new`, text)
  await rename(`${file}.new`, file)
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
