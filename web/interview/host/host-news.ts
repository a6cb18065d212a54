import type { TabRun } from '#contract/interview/bug.ts'
import type { HostView } from '#contract/interview/host-view.ts'
import type { Plan, Question } from '#contract/interview/plan.ts'
import type { TaskExpectation } from '#contract/interview/task.ts'

/** What differs between two views of a room and an interviewer can't have noticed by doing it, in sentences. */
export function newsIn(now: HostView, before: HostView, plan: Plan): string[] {
  if (now.phase === 'ended' && before.phase !== 'ended') {
    return ['The interview is over. Complete your scorecard, then submit it.']
  }
  return [...leadNews(now, before), ...questionNews(now, before, plan), ...cardNews(now, before)]
}

function leadNews(now: HostView, before: HostView): string[] {
  if (now.leader === before.leader || now.leader === null) return []
  // The interviewer who asks the first question leads without taking over.
  if (now.leader === now.you.id) return before.leader === null ? [] : ['You are leading now.']
  return [`${nameOf(now, now.leader)} is leading now.`]
}

function questionNews(now: HostView, before: HostView, plan: Plan): string[] {
  if (now.present !== before.present) {
    return now.present === null ? [] : [`Now: ${numbered(plan, now.present)}.`]
  }
  if (now.coming !== null && now.coming.question !== before.coming?.question) {
    const undo = now.leader === now.you.id ? ' Press u to undo.' : ''
    return [`Moving on to ${numbered(plan, now.coming.question)} in five seconds.${undo}`]
  }
  if (now.present === null) return []
  const staying = now.coming === null && before.coming !== null ? ['Staying with this question.'] : []
  return [...staying, ...presentNews(now, before, plan)]
}

function presentNews(now: HostView, before: HostView, plan: Plan): string[] {
  const state = now.questions.find(({ key }) => key === now.present)
  const was = before.questions.find(({ key }) => key === now.present)
  const question = plan.questions.find(({ key }) => key === now.present)
  if (state === undefined || was === undefined) return []
  const added = state.clock.allotted - was.clock.allotted
  return [
    ...state.followUps
      .filter((index) => !was.followUps.includes(index))
      .map((index) => `Follow-up asked: ${question?.followUps[index]?.question ?? ''}`),
    ...(state.expectation !== null && was.expectation === null ? [begunNews(state.expectation)] : []),
    ...((state.bug?.runs ?? 0) > (was.bug?.runs ?? 0) ? [runNews(state.bug?.last?.run)] : []),
    ...(state.revealedAt !== null && was.revealedAt === null ? ['The candidate sees the model answer.'] : []),
    ...(state.clock.since === null && was.clock.since !== null ? ['The clock is paused.'] : []),
    ...(state.clock.since !== null && was.clock.since === null ? ['The clock is running again.'] : []),
    ...signalNews(now, before),
    ...(added > 0 ? [`${Math.round(added / 60_000)} more min for this question.`] : []),
  ]
}

function signalNews({ signal }: HostView, before: HostView): string[] {
  if (signal === null || signal.kind === before.signal?.kind) return []
  return [
    signal.kind === 'done'
      ? 'The candidate is done with this question.'
      : 'The candidate would like one more minute.',
  ]
}

function begunNews({ text }: TaskExpectation): string {
  return text === null ? 'The candidate chose to just try the task.' : `The candidate expects: ${text}`
}

function runNews(run: TabRun | undefined): string {
  const held = run?.claims.filter((one) => one.held).length ?? 0
  const what = run?.error ? 'it doesn’t run' : `${held} of ${run?.claims.length ?? 0} checks hold`
  return `The candidate ran the checks: ${what}.`
}

function cardNews(now: HostView, before: HostView): string[] {
  const [mine, theirs] = [now.card.handedIn !== null, before.card.handedIn !== null]
  return [
    ...(mine && !theirs ? ['Your scorecard is submitted.'] : []),
    ...(!mine && theirs ? ['Your scorecard is open again.'] : []),
    ...now.others
      .filter(({ id, handedIn }) => handedIn !== null && handedInOf(before, id) === null)
      .map(({ name }) => `${name} has submitted their scorecard.`),
    ...(now.requestsFull && !before.requestsFull ? ['No more requests can be recorded.'] : []),
  ]
}

function handedInOf({ others }: HostView, id: string): number | null {
  return others.find((other) => other.id === id)?.handedIn ?? null
}

function nameOf({ others }: HostView, id: string): string {
  return others.find((other) => other.id === id)?.name ?? 'Another interviewer'
}

function numbered({ questions }: Plan, key: Question['key']): string {
  const index = questions.findIndex((question) => question.key === key)
  return `question ${index + 1} of ${questions.length}, ${questions[index]?.title ?? ''}`
}
