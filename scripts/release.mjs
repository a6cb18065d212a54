import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { ensureBuilt } from './ensure-built.mjs'
import { EXTERNAL_PACKAGES } from './externals.mjs'
import { originalName } from './original-name.mjs'

/**
 * `npm run release`: an archive that runs wherever Node is, without a registry. It has the build, the scripts that run it, the few packages
 * outside the bundle, and a list of checksums. It is put into `release/`, or into the folder that is named.
 */
const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')
const SCRIPTS = ['start.mjs', 'doctor.mjs', 'move.mjs', 'interviews.mjs', 'ready.mjs']
const FILES = ['LICENSE', 'README.md', 'docs/operating.md', 'docs/privacy.md']

const build = await ensureBuilt({ announce: () => console.error('Building …'), waiting: console.error })
const { name, version, license, type, engines, scripts } = JSON.parse(
  await readFile(join(root, 'package.json'), 'utf8'),
)
const title = `${name}-${version}`
const staging = await mkdtemp(join(tmpdir(), 'viva-release-'))
const folder = join(staging, title)
await mkdir(folder)
for (const part of ['client', 'server'])
  await cp(join(build, part), join(folder, relative(root, build), part), { recursive: true })
// Only where it has been built, by `npm run original`.
const original = builtOriginal()
if (original !== undefined) await cp(original, join(folder, relative(root, original)), { recursive: true })
for (const file of FILES) await cp(join(root, file), join(folder, file))
for (const file of await importedBy(SCRIPTS.map((each) => join(root, 'scripts', each))))
  await copyInto(folder, file)
for (const file of await closureOf(EXTERNAL_PACKAGES)) await copyInto(folder, file)
const { start, doctor, move, interviews } = scripts
const kept = { start, doctor, move, interviews }
await writeJson(join(folder, 'package.json'), {
  name,
  version,
  license,
  type,
  engines,
  private: true,
  scripts: kept,
})
await writeFile(join(folder, 'SHA256SUMS'), await checksums(folder))

const target = resolve(process.argv[2] ?? join(root, 'release'))
const archive = join(target, `${title}.tar.gz`)
await mkdir(target, { recursive: true })
// GNU tar, which Git brings to Windows, takes a path with a drive's colon for another machine.
await run('tar', ['-czf', `${title}.tar.gz`, title], { cwd: staging })
await copyFile(join(staging, `${title}.tar.gz`), archive)
await rm(staging, { recursive: true })
const sum = createHash('sha256')
  .update(await readFile(archive))
  .digest('hex')
await writeFile(`${archive}.sha256`, `${sum}  ${title}.tar.gz\n`)
console.log(relative(process.cwd(), archive))

/** The folder of the original for the tab, if it is there and of these sources. */
function builtOriginal() {
  const built = join(root, 'dist/original', originalName())
  return existsSync(join(built, 'manifest.json')) ? built : undefined
}

/** The scripts and what they import, except what builds: a release is built already. */
async function importedBy(entries) {
  const found = new Set(entries)
  for (const file of found) {
    const source = await readFile(file, 'utf8')
    for (const [, path] of source.matchAll(/^import .* from '(\.[^']+)'/gm))
      found.add(resolve(dirname(file), path))
  }
  return found
}

/** The folders of these packages and of all that they depend on. */
async function closureOf(packages) {
  const folders = new Set()
  const visit = async (dependency, from) => {
    const home = packageFolder(dependency, from)
    if (home === undefined || folders.has(home)) return
    folders.add(home)
    const { dependencies = {} } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'))
    for (const next of Object.keys(dependencies)) await visit(next, home)
  }
  for (const each of packages) await visit(each, root)
  return folders
}

/** As Node looks for it: upwards, in each `node_modules`. @throws when it isn't installed */
function packageFolder(dependency, from) {
  for (const base of createRequire(join(from, 'package.json')).resolve.paths(dependency) ?? []) {
    if (existsSync(join(base, dependency, 'package.json'))) return join(base, dependency)
  }
  throw new Error(`${dependency}, which ${from} depends on, is not installed. Run npm ci.`)
}

async function copyInto(target, path) {
  const skipped = (source) => relative(path, source).split(sep).includes('node_modules')
  await cp(await realpath(path), join(target, relative(root, path)), {
    recursive: true,
    filter: (source) => !skipped(source),
  })
}

/** As `sha256sum --check` reads them. */
async function checksums(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const lines = paths.sort().map(async (path) => {
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    return `${hash}  ${relative(folder, path).split(sep).join('/')}\n`
  })
  return (await Promise.all(lines)).join('')
}

async function writeJson(file, value) {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`)
}
