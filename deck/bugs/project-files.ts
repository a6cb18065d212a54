import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { readSource } from '../read-text.ts'
import { TWIN_FOLDERS } from '../regions.ts'

/** The Python project's files, by path: those that a bug may be in. */
export async function readProjectFiles(root: string): Promise<ProjectFiles> {
  const folder = join(root, TWIN_FOLDERS.python)
  const names = await Promise.all(
    ['', 'routers/'].map(async (within) =>
      (await readdir(join(folder, within))).map((name) => `${within}${name}`),
    ),
  )
  // A list of words, without a rule in it.
  const paths = names.flat().filter((path) => path.endsWith('.py') && path !== 'common_passwords.py')
  const texts = paths.sort().map(async (path) => [path, await readSource(join(folder, path))] as const)
  return Object.fromEntries(await Promise.all(texts))
}
