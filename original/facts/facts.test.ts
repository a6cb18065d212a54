import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { leaveOut } from '../../scripts/leave-out.mjs'
import { REQUIREMENTS } from '../record/ask-all.ts'
import { NoPython, pythonWith } from '../record/python.ts'
import { factsOf, recordFacts } from './record-facts.ts'
import { MORE, outputPath, runFacts } from './run-facts.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facts-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A file for a fact with these lines. */
async function fact(name: string, code: string): Promise<{ file: string; environments: string[][] }> {
  const file = join(folder, `${name}.py`)
  await writeFile(file, `"""A sentence."""\n${code}\n`)
  return { file, environments: [] }
}

const python = await pythonWith([REQUIREMENTS, MORE]).catch((error: unknown) => {
  if (!(error instanceof NoPython)) throw error
  leaveOut(`The facts of the lessons: ${error.message}`)
  return null
})

test('the deck has facts, and each file is valid', async () => {
  const facts = await factsOf('content/lessons')
  expect(facts.length).toBeGreaterThanOrEqual(60)
  await mkdir(join(folder, '01-a/facts'), { recursive: true })
  await writeFile(join(folder, '01-a/facts/bad.py'), 'print(1)\n')
  await expect(factsOf(folder)).rejects.toThrow(/begin with the sentence that it shows/)
})

test('the code of spot quizzes is run and compared like facts', async () => {
  await mkdir(join(folder, '01-a/practice'), { recursive: true })
  await writeFile(join(folder, '01-a/practice/which.py'), '"""A sentence."""\nprint(1)\n')
  expect(await factsOf(folder)).toMatchObject([{ id: 'which', code: 'print(1)' }])
  const own = (await factsOf('content/lessons')).filter(({ file }) => file.includes('/practice/'))
  expect(own.length).toBeGreaterThanOrEqual(17)
})

test('facts that print times are kept apart from those that are compared', async () => {
  await mkdir(join(folder, '01-a/facts'), { recursive: true })
  await writeFile(join(folder, '01-a/facts/same.py'), '"""A sentence"""\nprint(1)\n')
  await writeFile(join(folder, '01-a/facts/time.py'), '"""A sentence"""\n# measured\nprint(0.2)\n')
  const files = async (measured: boolean) => (await factsOf(folder, measured)).map(({ file }) => file)
  expect(await files(false)).toEqual([expect.stringMatching(/same\.py$/)])
  expect(await files(true)).toEqual([expect.stringMatching(/time\.py$/)])
})

if (python !== null) {
  // Limits only end what hangs: with other work on the machine, and environments to be made, this has taken a quarter of an hour.
  test('run again, every fact prints its recorded output', { timeout: 5_400_000 }, async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const facts = await factsOf('content/lessons')
    expect(await recordFacts(facts, true)).toEqual([])
    // Packages of other versions come from a registry; where there is none, those facts are left out.
    const leftOut = warned.mock.calls.map(([message]) => String(message))
    warned.mockRestore()
    for (const message of leftOut) expect(message).toMatch(/left out: the packages can't be installed/)
    if (leftOut.length > 0) for (const line of leftOut) leaveOut(line)
  })

  test(
    'a changed output, an exception and a missing output are reported by file',
    { timeout: 300_000 },
    async () => {
      const same = await fact('same', 'print("as before")')
      const changed = await fact('changed', 'print("now")')
      const raises = await fact('raises', 'raise ValueError("why")')
      const fresh = await fact('fresh', 'print("first time")')
      await writeFile(outputPath(same.file), 'as before\n')
      await writeFile(outputPath(changed.file), 'then\n')
      const problems = await recordFacts([same, changed, raises, fresh], true)
      expect(problems).toHaveLength(3)
      expect(problems.join('\n')).toMatch(/raises\.py: [\s\S]*ValueError: why/)
      expect(problems.join('\n')).toContain(`${changed.file} printed\nnow\ninstead of\nthen\n`)
      await expect(readFile(outputPath(fresh.file))).rejects.toThrow(/ENOENT/)
      expect(await recordFacts([fresh, changed], false)).toEqual([])
      expect(await readFile(outputPath(fresh.file), 'utf8')).toBe('first time\n')
      expect(await readFile(outputPath(changed.file), 'utf8')).toBe('now\n')
    },
  )

  test('facts are isolated from one another: modules, files and settings', { timeout: 300_000 }, async () => {
    const first = await fact(
      'first',
      'import os, sys\nsys.mark = 1\nopen("file", "w").close()\nos.environ["MARK"] = "1"\nprint("done")',
    )
    const second = await fact(
      'second',
      'import os, sys\nprint(hasattr(sys, "mark"), os.listdir("."), "MARK" in os.environ)',
    )
    const { outputs } = await runFacts([first, second])
    expect(outputs.get(second.file)).toBe('False [] False\n')
  })
}
