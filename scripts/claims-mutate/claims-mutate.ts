import { claimsOf } from '#contract/lesson.ts'
import { loadDeck } from '../../deck/load.ts'
import { buildWorkers } from '../../vite/workers.ts'
import { readCodeFaults } from './code-fault.ts'
import { missingOf, pageOf, savePage } from './page.ts'
import { claimKey } from './red-claims.ts'
import { gapsOf, merged, readResults, writeResults, type Results } from './results.ts'
import type { Job } from './try-fault.ts'
import { tryFaults } from './try-faults.ts'

const USAGE =
  'npm run claims:mutate -- [--only=FAULT] [--lesson=NN] [--save]: FAULT is part of an id, NN the number of a lesson; or several, with commas'

/**
 * Puts every fault of `deck/mutation/faults/` into the app, one at a time, runs the lessons against it and prints which
 * claims turned red.
 * @param args `--only=FAULT`: the faults with this in their id; `--lesson=NN`: this lesson alone, beside what the last saved
 *   run found for the others; `--save`: writes the results and docs/claims-under-faults.md
 * @returns the exit code: 0 when each fault that was tried turned a claim red, and each claim of the lessons that were run
 *   turns red under a fault
 */
export async function claimsMutate(args: string[]): Promise<number> {
  const option = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1]
  const [only, numbers] = [option('only')?.split(','), option('lesson')?.split(',')]
  const [deck, faults] = [await loadDeck('content/lessons'), await readCodeFaults()]
  const lessons = deck.filter(({ number }) => numbers?.map(Number).includes(number) ?? true)
  const chosen = faults.filter(({ id }) => only?.some((part) => id.includes(part)) ?? true)
  if (args.some((arg) => !/^--(save$|only=.|lesson=.)/.test(arg)) || lessons.length * chosen.length === 0) {
    console.error(USAGE)
    return 2
  }
  const claims = deck.flatMap((lesson) => claimsOf(lesson).map(({ claim }) => claimKey(lesson, claim.id)))
  const slugs = lessons.map(({ slug }) => slug)
  const before = await readResults()
  // A fault that no saved run has tried has no results for the other lessons.
  const lessonsFor = (id: string) => (id in before ? slugs : deck.map(({ slug }) => slug))
  await buildWorkers()
  if (!(await holdsWithoutFault({ fault: null, lessons: slugs }))) return 1

  const jobs = chosen.map((fault) => ({ fault, lessons: lessonsFor(fault.id) }))
  const { results: after, problems } = await tryAll(jobs)
  const results = merged(before, after, { faults: faults.map(({ id }) => id), claims, lessons: slugs })
  if (args.includes('--save')) {
    await writeResults(results)
    await savePage(pageOf(faults, claims, results))
  }
  const { withoutEffect, greenUnderAll } = gapsOf(results, claims)
  console.log(`\nWhat is missing:\n\n${missingOf(claims, results)}`)
  const green = greenUnderAll.filter((claim) => slugs.some((slug) => claim.startsWith(slug.slice(0, 2))))
  const isMissing = withoutEffect.some((id) => id in after) || (only === undefined && green.length > 0)
  if (problems.length > 0) console.error(`\nCould not be tried:\n\n${problems.join('\n')}`)
  return isMissing || problems.length > 0 ? 1 : 0
}

/** Otherwise a red claim would say nothing of a fault. */
async function holdsWithoutFault(job: Job): Promise<boolean> {
  let holds = false
  await tryFaults([job], (_, outcome) => {
    holds = 'red' in outcome && outcome.red.length === 0
    if (holds) return
    const cause = 'red' in outcome ? `red without any fault: ${outcome.red.join(', ')}` : outcome.problem
    console.error(`The lessons must hold first. ${cause}`)
  })
  return holds
}

/** @returns what each fault turned red, and why some couldn't be tried */
async function tryAll(
  jobs: readonly (Job & { fault: { id: string } })[],
): Promise<{ results: Results; problems: string[] }> {
  const results: Results = {}
  const problems: string[] = []
  let done = 0
  await tryFaults(jobs, ({ fault: { id } }, outcome, seconds) => {
    done += 1
    if ('red' in outcome) results[id] = outcome.red
    else problems.push(`${id}: ${outcome.problem}`)
    const red = 'red' in outcome ? `${outcome.red.length} red` : outcome.problem
    console.log(`${done}/${jobs.length} ${id}: ${red}, ${seconds.toFixed(0)} s`)
    if (jobs.length === 1 && 'red' in outcome) console.log(outcome.red.join('\n'))
  })
  return { results, problems }
}
