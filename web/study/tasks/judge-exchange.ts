import type { Check } from '#contract/evaluate.ts'
import { evidenceNeededFor, judgeTask, sentRequestOf } from '#contract/judge-task.ts'
import type { TaskView } from '#contract/practice.ts'
import { savedFrom } from '#contract/request.ts'
import { draftOf, sameDraft } from '../../playground/request/draft.ts'
import { evidenceOf } from '../../playground/run/check-claims.ts'
import type { Exchange } from '../../playground/run/exchange.ts'
import { usePlaygroundStore } from '../../playground/run/playground-store.ts'

/** What a request came to. */
export type Judgement =
  | { kind: 'passed'; checks: Check[] }
  /** A near miss with a known confusion: HTML. */
  | { kind: 'trap'; says: string; misconception: string | null }
  /** How many of the task's checks hold. */
  | { kind: 'not yet'; held: number; of: number }

/**
 * Judges what was sent, by its response, its trace and the rows it left.
 * @throws Error with a message for the learner when there is nothing to judge
 */
export async function judgeExchange(task: TaskView, exchange: Exchange): Promise<Judgement> {
  const { outcome, request, traceId } = exchange
  if (outcome.kind === 'failure') throw new Error('This request got no response, so it doesn’t count.')
  const evidence = await evidenceOf({ outcome, traceId }, evidenceNeededFor(task))
  if (evidence === 'busy') throw new Error('The server was too busy to say what happened. Send it again.')
  const variables = usePlaygroundStore().variables[''] ?? {}
  const { passed, checks, trap } = judgeTask(task, sentRequestOf(request), evidence, variables)
  if (passed) return { kind: 'passed', checks }
  if (trap) return { kind: 'trap', says: trap.says, misconception: trap.misconception ?? null }
  return { kind: 'not yet', held: checks.filter(({ ok }) => ok).length, of: checks.length }
}

/** A request of the solution saves values for the next one; the editor alone doesn’t. */
export function saveAsSolved({ solution }: TaskView, { draft, outcome }: Exchange): void {
  const request = solution.find((one) => sameDraft(draftOf(one), draft))
  if (request === undefined || outcome.kind !== 'answer') return
  const { json, text } = outcome.answer
  usePlaygroundStore().save('', savedFrom(request, json, text))
}
