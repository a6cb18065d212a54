import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { GuaranteeRow, rowsFile } from '../../e2e/support/guarantee-row.ts'
import { saveGuarantees } from './save-guarantees.ts'
import { tableOf } from './table.ts'

const root = resolve(import.meta.dirname, '../..')
const AREAS = ['faults', 'attacks']
const ONLY = '--only='

/**
 * Runs the long tests of `e2e/faults` and `e2e/attacks`, one file after another, and prints how each guarantee was
 * tested and whether it held.
 * @param args areas, both without one; `--short`: as `npm test` runs them; `--save`: writes docs/guarantees.md;
 *   `--only=slow-readers`: runs the files with this in their name, whose rows replace those of this checkout's last run
 * @returns the exit code: 0 when every test passed, 2 for arguments that it doesn't understand
 */
export async function guarantees(args: string[]): Promise<number> {
  const only = args.find((arg) => arg.startsWith(ONLY))?.slice(ONLY.length)
  const unknown = args.find((arg) => ![...AREAS, '--short', '--save'].includes(arg) && !arg.startsWith(ONLY))
  if (unknown !== undefined) {
    console.error(
      `Unknown argument ${unknown}. Known are ${AREAS.join(', ')}, --short, --save and ${ONLY}FILE.`,
    )
    return 2
  }
  const isLong = !args.includes('--short')
  const wanted = AREAS.filter((area) => args.includes(area) || !AREAS.some((each) => args.includes(each)))
  const files = await Promise.all(wanted.map(async (area) => ({ area, tests: await testFiles(area, only) })))
  const runs = files.filter(({ tests }) => tests.length > 0)
  if (runs.length === 0) {
    console.error(`No test file in e2e/${wanted.join(' or e2e/')} has "${only}" in its name.`)
    return 2
  }
  let code = 0
  for (const { area, tests } of runs) {
    const began = performance.now()
    const file = rowsFile(area, isLong)
    const before = only === undefined ? [] : await rowsIn(file)
    code = Math.max(code, await run(area, isLong, tests))
    const minutes = Math.ceil((performance.now() - began) / 60_000)
    const rows = withNewer(before, await rowsIn(file))
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    console.log(`\n${tableOf(rows)}\n\n${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.\n`)
    if (rows.length === 0) code = Math.max(code, 1)
    else if (args.includes('--save')) await saveGuarantees(area, rows, only === undefined ? minutes : null)
  }
  return code
}

/** Rows in their former order, each with its newest result, and then those that weren't there. */
export function withNewer(before: readonly GuaranteeRow[], after: readonly GuaranteeRow[]): GuaranteeRow[] {
  const newer = (row: GuaranteeRow) => after.find(({ guarantee }) => guarantee === row.guarantee) ?? row
  const added = after.filter(({ guarantee }) => !before.some((row) => row.guarantee === guarantee))
  return [...before.map(newer), ...added]
}

/** The test files of an area with `only` in their name, relative to the project. */
export async function testFiles(area: string, only = ''): Promise<string[]> {
  const names = await readdir(resolve(root, 'e2e', area))
  return names
    .filter((name) => name.endsWith('.test.ts') && name.includes(only))
    .map((name) => `e2e/${area}/${name}`)
}

async function run(area: string, isLong: boolean, tests: readonly string[]): Promise<number> {
  await rm(rowsFile(area, isLong), { force: true })
  const vitest = resolve(root, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--project', 'guarantees', '--no-file-parallelism', ...tests]
  const env = { ...process.env, LONG: isLong ? '1' : '' }
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

/** The rows of a file, each guarantee once, with its newest result: a test that is run by itself adds its row at the end. */
async function rowsIn(file: string): Promise<GuaranteeRow[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const lines = text.split('\n').filter((line) => line !== '')
  const rows = lines.map((line) => GuaranteeRow.parse(JSON.parse(line)))
  return [...new Map(rows.map((row) => [row.guarantee, row])).values()]
}
