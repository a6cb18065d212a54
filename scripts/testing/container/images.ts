import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { copyPrograms } from './programs.ts'

const run = promisify(execFile)
/** What the Containerfile needs of the image below it: Node, and what RUN calls. */
const BASE_PROGRAMS = [process.execPath, '/bin/sh', '/usr/bin/install', '/usr/bin/ln']
const POSTGRES = '/usr/lib/postgresql'
const ENTRY_PROGRAMS = [
  '/bin/sh',
  ...['chown', 'chmod', 'setpriv', 'id', 'rm'].map((name) => `/usr/bin/${name}`),
]

/**
 * A store of images and containers of its own, for buildah and podman.
 * @returns `env`, which makes them use it, and `remove`
 */
export async function newImageStore() {
  const folder = await mkdtemp(join(tmpdir(), 'viva-images-'))
  const [storage, containers] = [join(folder, 'storage.conf'), join(folder, 'containers.conf')]
  const images = join(folder, 'images')
  const useDriver = (driver: string) =>
    writeFile(
      storage,
      `[storage]\ndriver = "${driver}"\ngraphroot = "${images}"\nrunroot = "${folder}/run"\n`,
    )
  // The limits that podman sets by itself are above those of some machines, and it may not raise them there.
  await writeFile(
    containers,
    `[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n` +
      `[network]\nnetwork_backend = "netavark"\nnetwork_config_dir = "${folder}/networks"\n` +
      `[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\ntmp_dir = "${folder}/tmp"\n`,
  )
  const env = {
    ...process.env,
    CONTAINERS_STORAGE_CONF: storage,
    CONTAINERS_CONF: containers,
    BUILDAH_ISOLATION: 'chroot',
    // These run in units of systemd; a test runs them by itself.
    DISABLE_HC_SYSTEMD: 'true',
  }
  // The second one copies every image for every container, and works everywhere.
  await useDriver('overlay')
  if (!(await works(env))) {
    await rm(images, { recursive: true, force: true })
    await useDriver('vfs')
  }
  return {
    env,
    remove: async () => {
      // The driver mounts its folder on itself.
      await run('umount', [join(images, 'overlay')]).catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function works(env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    const container = (await run('buildah', ['from', 'scratch'], { env })).stdout.trim()
    await run('buildah', ['mount', container], { env })
    await run('buildah', ['rm', container], { env })
    return true
  } catch {
    return false
  }
}

/** Stands in for the image of Node, without a registry. */
export async function makeBaseImage(env: NodeJS.ProcessEnv, name: string): Promise<void> {
  await makeImage(env, name, ['--env', 'PATH=/usr/bin:/bin'], (folder) => copyPrograms(folder, BASE_PROGRAMS))
}

/** Whether this machine has a PostgreSQL to put into an image. */
export function hasPostgresPrograms(): boolean {
  return existsSync(POSTGRES) && existsSync('/usr/share/postgresql')
}

/** Stands in for the official image of PostgreSQL: the same variables, volume and user, and the same two starts of a new database. */
export async function makePostgresImage(env: NodeJS.ProcessEnv, name: string): Promise<void> {
  const version = (await readdir(POSTGRES)).sort((one, other) => Number(other) - Number(one))[0] ?? ''
  const bin = join(POSTGRES, version, 'bin')
  const data = '/var/lib/postgresql/data'
  const settings = [
    ...['--env', `PATH=${bin}:/usr/bin:/bin`, '--env', `PGDATA=${data}`, '--volume', data],
    ...['--entrypoint', '["/bin/sh", "/entry.sh"]', '--stop-signal', 'SIGINT'],
  ]
  await makeImage(env, name, settings, async (folder) => {
    const servers = ['initdb', 'postgres', 'pg_ctl', 'pg_isready', 'psql'].map((each) => join(bin, each))
    await copyPrograms(folder, [...servers, ...ENTRY_PROGRAMS])
    const libraries = join(POSTGRES, version, 'lib')
    for (const library of ['plpgsql.so', 'dict_snowball.so'])
      await cp(join(libraries, library), join(folder, libraries, library), { recursive: true })
    const share = join('/usr/share/postgresql', version)
    await cp(share, join(folder, share), {
      recursive: true,
      dereference: true,
      filter: (path) => !path.endsWith('/man'),
    })
    await mkdir(join(folder, data), { recursive: true })
    await mkdir(join(folder, 'var/run/postgresql'), { recursive: true })
    await chmod(join(folder, 'var/run/postgresql'), 0o1777)
    await writeFile(join(folder, 'etc/passwd'), 'root:x:0:0::/:/bin/sh\npostgres:x:999:999::/:/bin/sh\n')
    await cp(join(import.meta.dirname, 'postgres-entry.sh'), join(folder, 'entry.sh'))
  })
}

async function makeImage(
  env: NodeJS.ProcessEnv,
  name: string,
  settings: readonly string[],
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-image-'))
  const buildah = async (...args: string[]) => (await run('buildah', args, { env })).stdout.trim()
  try {
    for (const empty of ['srv', 'etc', 'tmp']) await mkdir(join(folder, empty))
    await chmod(folder, 0o755)
    await chmod(join(folder, 'tmp'), 0o1777)
    await fill(folder)
    const container = await buildah('from', 'scratch')
    await buildah('copy', '--quiet', container, folder, '/')
    await buildah('config', ...settings, container)
    await buildah('commit', '--quiet', '--rm', container, name)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
