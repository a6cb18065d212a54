import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readProjectFiles } from './bugs/project-files.ts'
import { readFacts } from './facts.ts'
import { readPractice } from './practice/read.ts'
import { readRegions, TWIN_FOLDERS } from './regions.ts'
import { renderRegions } from './render/code.ts'

const LESSON = 'content/lessons/04-database-connection'

/** Everything that is read from source files. */
async function sourcesIn(root: string) {
  const regions = await readRegions(root)
  const lines = (code: string) => code.split('\n').map((text) => [{ text }])
  return {
    regions,
    code: await renderRegions(root, regions, lines),
    project: await readProjectFiles(root),
    facts: await readFacts(root, join(root, LESSON), []),
    snippets: await readFacts(root, join(root, LESSON), [], 'practice'),
    keys: (await readPractice(root, join(root, LESSON), []))?.storedKeys,
  }
}

test('a checkout with the line ends of Windows is read as the same code, facts and keys', async () => {
  const root = await mkdtemp(join(tmpdir(), 'viva-crlf-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  for (const folder of [LESSON, ...Object.values(TWIN_FOLDERS)])
    await cp(folder, join(root, folder), { recursive: true, filter: (path) => !path.includes('.venv') })
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(md|yaml|py|txt|json|ts)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'))
  }
  const read = await sourcesIn(root)
  expect(read).toEqual(await sourcesIn(process.cwd()))
  expect([read.regions.python.size > 20, read.facts.length > 2, read.snippets.length > 2]).toEqual([
    true,
    true,
    true,
  ])
})
