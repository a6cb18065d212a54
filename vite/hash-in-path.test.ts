import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { hashInPath } from './hash-in-path.ts'

test.each(['plain', 'C#1 #2'])('a text and a worker are built in a folder named %s', async (name) => {
  // On macOS, the temporary folder is behind a symbolic link.
  const above = await realpath(await mkdtemp(join(tmpdir(), 'viva-hash-')))
  onTestFinished(() => rm(above, { recursive: true, force: true }))
  const root = join(above, name)
  const engine = join(root, 'web/original/engine')
  await mkdir(engine, { recursive: true })
  await writeFile(join(engine, 'note.py'), 'first line\r\nlast line\r\n')
  await writeFile(
    join(engine, 'worker.ts'),
    "import note from './note.py?raw'\npostMessage(['in the worker', note])",
  )
  await writeFile(
    join(engine, 'main.ts'),
    "import note from './note.py?raw'\n" +
      "export const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })\n" +
      "console.log('in the page', note)",
  )
  const result = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [hashInPath(root)],
    worker: { format: 'es', plugins: () => [hashInPath(root)] },
    build: { write: false, rollupOptions: { input: join(engine, 'main.ts') } },
  })
  const files = [result].flat().flatMap((each) => ('output' in each ? each.output : []))
  const text = files.map((file) => (file.type === 'chunk' ? file.code : String(file.source))).join('\n')
  expect(text.match(/in the (page|worker)/g)?.sort()).toEqual(['in the page', 'in the worker'])
  expect(text.match(/first line\\nlast line\\n|first line\nlast line\n/g)).toHaveLength(2)
})
