import type { Bug, Edit, NearMiss } from '#contract/bug.ts'
import { applyEdits, testsOfBug } from '#contract/bug-edits.ts'
import { judgeBug, type BugVerdict } from '#contract/judge-bug.ts'
import { OWN_FILES } from '../files/own-files.ts'
import { changesForTab } from '../files/project-files.ts'
import { runBug } from '../run/run-bug.ts'
import type { LessonRun } from '../run/run-steps.ts'
import type { TabInNode } from './tab-in-node.ts'

/** A state of the project that a bug describes, and what a run of it showed. */
export interface TriedState {
  name: string
  /** How many claims were judged. */
  judged: number
  verdict: BugVerdict
  /** The last line of the traceback, when the project doesn't start. */
  error: string | null
  /** In sentences, where this isn't what the bug says of it. */
  problems: string[]
}

/**
 * Runs a bug's tests in the project with the bug, with its solution and with each near miss. The tab is left with the last of them.
 * Hashes take their time only where a claim looks at a duration.
 * @param lesson the bug's
 */
export async function tryBug(
  tab: TabInNode,
  bug: Bug,
  lesson: Pick<LessonRun, 'slug' | 'steps'>,
): Promise<TriedState[]> {
  const { steps, ids } = testsOfBug(bug, lesson.steps)
  const claims = steps.filter(({ id }) => ids.includes(id)).flatMap((step) => step.claims)
  const hasDuration = claims.some(({ expect }) =>
    expect.trace?.some(({ duration }) => duration !== undefined),
  )
  tab.rememberedHashes.isOn = !hasDuration
  const broken = applyEdits(OWN_FILES, bug.edits)
  const tried: TriedState[] = []
  const tryState = async (name: string, edits: readonly Edit[], symptom: Symptom): Promise<void> => {
    const files = changesForTab(applyEdits(broken, edits))
    const applied = await tab.apply(files, { keepData: false })
    const error = applied.ok ? null : `${applied.error.type}: ${applied.error.message}`
    const { signal } = new AbortController()
    const run = applied.ok
      ? await runBug(tab, bug, { ...lesson, isFresh: true }, () => undefined, signal)
      : { claims: [] }
    const verdict = judgeBug(bug, { starts: applied.ok, claims: run.claims })
    const problems = problemsOf(verdict, symptom, error).map((problem) => `${name}: ${problem}`)
    tried.push({ name, judged: run.claims.length, verdict, error, problems })
  }
  await tryState('bug', [], bug)
  await tryState('solution', bug.solution, { red: [] })
  for (const [index, miss] of bug.nearMisses.entries())
    await tryState(`near miss ${index + 1}`, miss.edits, miss)
  tab.rememberedHashes.isOn = false
  return tried
}

type Symptom = Pick<NearMiss, 'red' | 'starts'>

function problemsOf({ red, passed }: BugVerdict, symptom: Symptom, error: string | null): string[] {
  if (error !== null) return symptom.starts === false ? [] : [`the project doesn't start: ${error}`]
  if (symptom.starts === false) return ['the project starts; leave out starts: false']
  const listed = symptom.red
  return [
    ...red.filter((name) => !listed.includes(name)).map((name) => `${name} is false and not under red`),
    ...listed.filter((name) => !red.includes(name)).map((name) => `${name} is under red and true`),
    ...(listed.length === 0 && !passed && red.length === 0 ? ['no claim could be judged'] : []),
  ]
}
