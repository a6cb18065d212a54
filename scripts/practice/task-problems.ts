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
  const after = async (requests: readonly PracticeRequest[]) => {
    const expectations = [task.expect, ...task.traps.flatMap(({ expect }) => expect ?? [])]
    const [outcome] = await runRequests(
      origin,
      { lesson, sending: { requests, after: task.after }, expectations },
      true,
    )
    return outcome!
  }
  const passesWith = async (requests: readonly PracticeRequest[]) => judge(task, await after(requests)).passed

  const solution = await after(task.solution)
  const solved = judge(task, solution)
  const caught = trapsAround(task, sentRequestOf(solution.sent), solution.evidence, solution.variables)
  const nearMiss = judge(task, await after(task.nearMiss))
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
