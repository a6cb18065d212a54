import { judgeTask, sentRequestOf, trapsAround } from '#contract/judge-task.ts'
import type { Lesson } from '#contract/lesson.ts'
import { PracticeRequest, type Task } from '#contract/practice.ts'
import type { ClaimOutcome } from '../../deck/testing/lesson-client.ts'
import { runRequests } from './run-requests.ts'

/** A request that has to do with no task. */
const BYSTANDER = PracticeRequest.parse({ path: '/items' })

/**
 * Tries a task's solution, its near miss and what nobody should pass with.
 * @returns what is wrong, in sentences
 */
export async function taskProblems(origin: string, lesson: Lesson, task: Task): Promise<string[]> {
  const expectations = [task.expect, ...task.traps.flatMap(({ expect }) => expect ?? [])]
  /** On a busy machine, the last request of a burst may start after the first one is over: what fails then is tried with longer waits. */
  const lastOf = async (
    requests: readonly PracticeRequest[],
    isWell: (outcome: ClaimOutcome) => boolean,
  ): Promise<ClaimOutcome> => {
    const sending = { requests, after: task.after }
    const [asWritten] = await runRequests(origin, { lesson, sending, expectations })
    if (isWell(asWritten!) || requests.every(({ burst }) => burst === undefined)) return asWritten!
    const [longer] = await runRequests(origin, { lesson, sending, expectations }, true)
    return longer!
  }
  const passesWith = async (requests: readonly PracticeRequest[]) =>
    judge(task, await lastOf(requests, () => true)).passed

  const solution = await lastOf(task.solution, (outcome) => judge(task, outcome).passed)
  const solved = judge(task, solution)
  const caught = trapsAround(task, sentRequestOf(solution.sent), solution.evidence, solution.variables)
  const nearMiss = judge(task, await lastOf(task.nearMiss, (outcome) => judge(task, outcome).trap !== null))
  const failed = solved.checks
    .filter(({ ok }) => !ok)
    .map(({ subject, actual, expected }) => `${subject} was ${actual}, not ${expected}`)
  return [
    ...(solved.passed ? [] : [`its solution doesn't pass: ${failed.join('; ')}`]),
    ...caught.map(({ says }) => `its solution falls into the trap "${says}"`),
    ...(nearMiss.passed ? ['its near miss passes'] : []),
    ...(!nearMiss.passed && nearMiss.trap === null ? ['its near miss falls into no trap'] : []),
    ...(task.solution.length > 1 && (await passesWith(task.solution.slice(0, -1)))
      ? ['its solution passes without the last request']
      : []),
    ...(task.start !== undefined && (await passesWith([task.start]))
      ? ['its start passes as it is, with nothing to find out']
      : []),
    ...((await passesWith([BYSTANDER]))
      ? ['GET /items as nobody passes, which has nothing to do with it']
      : []),
  ]
}

function judge(task: Task, { sent, evidence, variables }: ClaimOutcome) {
  return judgeTask(task, sentRequestOf(sent), evidence, variables)
}
