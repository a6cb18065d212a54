import { readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readFacts, type ReadFact } from '../../deck/facts.ts'
import { ContentError, type Fault } from '../../deck/fault.ts'
import { outputPath, recordedOutput, runFacts, type FactFile } from './run-facts.ts'

const ROOT = resolve(import.meta.dirname, '..', '..')

/**
 * The facts of a deck and the code of its spot quizzes, recorded or not.
 * @param folder the deck's, such as `content/lessons`
 * @param measured those that print times, instead of those that print the same each time
 * @throws ContentError when a file isn't a fact
 */
export async function factsOf(folder: string, measured = false): Promise<ReadFact[]> {
  const faults: Fault[] = []
  const lessons = (await readdir(resolve(ROOT, folder))).filter((name) => !/^[._]/.test(name)).sort()
  const facts = await Promise.all(
    lessons.flatMap((lesson) =>
      (['facts', 'practice'] as const).map((within) =>
        readFacts(ROOT, join(resolve(ROOT, folder), lesson), faults, within),
      ),
    ),
  )
  if (faults.length > 0) throw new ContentError(faults)
  return facts.flat().filter((fact) => fact.measured === measured)
}

/**
 * Runs the facts and writes their output, or compares it with the recorded one.
 * @param check writes nothing
 * @returns one line for each that changed, raised, or took too long
 * @throws NoPython when this machine can't run them
 */
export async function recordFacts(facts: readonly FactFile[], check: boolean): Promise<string[]> {
  const { outputs, faults, leftOut } = await runFacts(facts)
  for (const [file, reason] of leftOut) console.warn(`${file} was left out: ${reason}`)
  const problems = [...faults].map(([file, fault]) => `${file}: ${fault}`)
  for (const [file, output] of outputs) {
    const recorded = await recordedOutput(file)
    if (faults.has(file) || recorded === output) continue
    if (check) problems.push(`${file} printed\n${output}instead of\n${recorded ?? 'nothing that was kept\n'}`)
    else await writeFile(outputPath(file), output)
  }
  return problems
}
