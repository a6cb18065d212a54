import type { CandidateQuestion, CandidateTask, CandidateView } from '#contract/interview/candidate-view.ts'
import { dayAndTime } from '../time/time.ts'

/** What differs between two views of the room, in sentences for the candidate. */
export function newsIn(now: CandidateView, before: CandidateView): string[] {
  if (now.phase === 'ended' && before.phase !== 'ended') return [overWords(now)]
  if (now.phase === 'open' && before.phase === 'ended') return ['You have a new time to start.']
  if (now.report && !before.report) return ['Your interviewers have shared a report with you.']
  const { question } = now
  if (question === null) return timeNews(now, before)
  if (question.key !== before.question?.key)
    return [`Question ${question.number} of ${now.questions}: ${question.question}`]
  return [...timeNews(now, before), ...comingNews(now, before), ...questionNews(question, before.question)]
}

function overWords({ asked, timeWasUp }: CandidateView): string {
  if (asked === 0) return 'The interview has closed without a question.'
  return timeWasUp
    ? 'Time was up, and the interview is over. What you wrote is kept.'
    : 'The interview is over.'
}

function timeNews({ deadline, timeWasUp, asked }: CandidateView, before: CandidateView): string[] {
  const moved = deadline?.startBy !== before.deadline?.startBy || deadline?.endBy !== before.deadline?.endBy
  return [
    ...(deadline !== null && moved
      ? [`Your interviewer has moved the deadline. Everything closes at ${dayAndTime(deadline.endBy)}.`]
      : []),
    ...(timeWasUp && !before.timeWasUp ? [`Time was up for question ${asked}. What you wrote is kept.`] : []),
  ]
}

function comingNews({ comingAt }: CandidateView, before: CandidateView): string[] {
  if (comingAt !== null && before.comingAt === null)
    return ['Your interviewer is moving on in five seconds. Finish your sentence.']
  if (comingAt === null && before.comingAt !== null)
    return ['Your interviewer is staying with this question.']
  return []
}

function questionNews(now: CandidateQuestion, before: CandidateQuestion): string[] {
  const [clock, was] = [now.clock, before.clock]
  return [
    ...taskNews(now.task, before.task),
    ...now.followUps.filter((text) => !before.followUps.includes(text)).map((text) => `Follow-up: ${text}`),
    ...(now.revealed && !before.revealed ? ['Your interviewer is showing you a model answer.'] : []),
    ...(clock.since === null && was.since !== null ? ['The clock is paused.'] : []),
    ...(clock.since !== null && was.since === null ? ['The clock is running again.'] : []),
    ...(clock.allotted > was.allotted ? ['You have more time for this question.'] : []),
  ]
}

function taskNews(now: CandidateTask | null, before: CandidateTask | null): string[] {
  if (now?.expectation && !before?.expectation) return ['The playground is open.']
  const [result, was] = [now?.result, before?.result]
  if (!result || JSON.stringify(result) === JSON.stringify(was)) return []
  return [
    result.passed ? `All ${result.of} conditions hold.` : `${result.held} of ${result.of} conditions hold.`,
  ]
}
