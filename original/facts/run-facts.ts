import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { z } from 'zod'
import { PROJECT, REQUIREMENTS } from '../record/ask-all.ts'
import { NoPython, pythonWith } from '../record/python.ts'

const ROOT = resolve(import.meta.dirname, '..', '..')
/** What facts may import besides the project's own packages. */
export const MORE = join(import.meta.dirname, 'requirements.txt')

const Printed = z.strictObject({ output: z.string(), fault: z.string() })

/** The parts of a fact that running it needs. */
export interface FactFile {
  /** Path of the script, relative to the project. */
  file: string
  environments: readonly (readonly string[])[]
}

/** The results of running facts, by the path of their script. */
export interface FactRuns {
  outputs: Map<string, string>
  /** Scripts that raised or took too long, with Python's error output. */
  faults: Map<string, string>
  /** Scripts whose packages this machine can't get, with the reason. */
  leftOut: Map<string, string>
}

/**
 * Runs facts, each in its own process and empty folder, with the project's modules and packages or with those that it names.
 * A fact with several environments prints once for each, below the name of its first package.
 * @throws NoPython when this machine can't run the project
 */
export async function runFacts(facts: readonly FactFile[]): Promise<FactRuns> {
  const runs: FactRuns = { outputs: new Map(), faults: new Map(), leftOut: new Map() }
  const own = facts.filter(({ environments }) => environments.length === 0)
  if (own.length > 0) await runWith(await pythonWith([REQUIREMENTS, MORE]), own, '', runs)

  const lists = new Set(facts.flatMap(({ environments }) => environments.map((each) => each.join('\n'))))
  for (const list of [...lists].sort(oldestFirst)) {
    const packages = list.split('\n')
    const asking = facts.filter(({ environments }) => environments.some((each) => each.join('\n') === list))
    const title = `${(packages[0] ?? '').replace(/\[.*?\]/, '').replace('==', ' ')}\n`
    try {
      await runWith(await pythonOf(packages), asking, title, runs)
    } catch (error) {
      if (!(error instanceof NoPython)) throw error
      for (const { file } of asking) runs.leftOut.set(file, error.message)
    }
  }
  for (const file of runs.leftOut.keys()) runs.outputs.delete(file)
  return runs
}

/** Sorts by version, so that an output reads from old to new. */
function oldestFirst(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}

async function pythonOf(packages: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-facts-'))
  const requirements = join(folder, 'requirements.txt')
  try {
    await writeFile(requirements, packages.join('\n'))
    return await pythonWith([requirements], { compile: false })
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function runWith(
  python: string,
  facts: readonly FactFile[],
  title: string,
  { outputs, faults }: FactRuns,
): Promise<void> {
  const child = spawn(python, [join(import.meta.dirname, 'run_facts.py')], {
    env: {
      ...process.env,
      PYTHONPATH: [PROJECT, import.meta.dirname].join(delimiter),
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUTF8: '1',
      JWT_SECRET: 'the secret of the facts, and of nothing else',
      DATABASE_URL: 'sqlite://',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const printed: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk))
  child.stdin.on('error', () => undefined) // Python exited early; lines will be missing.
  child.stdin.end(facts.map(({ file }) => `${resolve(ROOT, file)}\n`).join(''))
  await once(child, 'close')
  const lines = Buffer.concat(printed).toString().split('\n').slice(0, -1)
  if (lines.length !== facts.length) {
    throw new Error(`run_facts.py ran ${lines.length} of ${facts.length} facts with ${python}`)
  }
  facts.forEach(({ file }, index) => {
    const { output, fault } = Printed.parse(JSON.parse(lines[index] ?? ''))
    const tidy = output.replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, '')
    outputs.set(file, `${outputs.get(file) ?? ''}${title}${tidy}\n`)
    if (fault !== '') faults.set(file, fault.trim())
  })
}

/** @returns the recorded output of a script, or null if there is none */
export function recordedOutput(file: string): Promise<string | null> {
  return readFile(outputPath(file), 'utf8').catch(() => null)
}

/** The file with a script's output: beside it, as `.txt`. */
export function outputPath(file: string): string {
  return resolve(ROOT, file.replace(/\.py$/, '.txt'))
}
