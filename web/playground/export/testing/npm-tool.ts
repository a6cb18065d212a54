import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const CACHE = resolve(import.meta.dirname, '../../../../node_modules/.cache/viva-tools')

/**
 * A command-line tool from npm, in a folder of its own that is kept between runs and may be deleted at any time.
 * @param version exact
 * @returns the script to run with Node
 * @throws when it can't be installed, for want of a registry for instance
 */
export async function npmTool(name: string, version: string): Promise<string> {
  const folder = join(CACHE, `${name}-${version}`)
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`
    await mkdir(unfinished, { recursive: true })
    await writeFile(
      join(unfinished, 'package.json'),
      JSON.stringify({ private: true, dependencies: { [name]: version } }),
    )
    try {
      const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
      await run('npm', ['install', ...quiet], { cwd: unfinished, timeout: 240_000 })
      await rename(unfinished, folder)
    } finally {
      await rm(unfinished, { recursive: true, force: true })
    }
  }
  const root = join(folder, 'node_modules', name)
  const { bin } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    bin: Record<string, string>
  }
  return join(root, bin[name] ?? '')
}
