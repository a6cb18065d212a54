import { nextTick, shallowRef, watch } from 'vue'
import type { CandidateView } from '#contract/interview/candidate-view.ts'

/**
 * What happens in a room without the candidate doing it: read out once, in one place, and followed by the focus where nothing else has
 * it. A caret is never taken: whoever was writing the answer continues in the new field, whoever works in the playground stays there.
 * @returns the latest news, for one live region that stays
 */
export function useRoomNews(view: () => CandidateView | null) {
  const news = shallowRef('')

  watch(view, (now, before) => {
    if (now === null || before === null || before === undefined) return
    const text = newsIn(now, before)
    if (text !== null) news.value = text
    if (now.question?.key !== before.question?.key || now.phase !== before.phase) void follow()
  })

  return news
}

/** One sentence about the difference of two views, or null if there is nothing to say. */
function newsIn(now: CandidateView, before: CandidateView): string | null {
  if (now.phase !== before.phase && now.phase === 'ended') return 'The interview is over.'
  if (now.report && !before.report) return 'Your interviewers have shared a report with you.'
  const { question } = now
  if (question === null) return null
  const was = before.question
  if (question.key !== was?.key) return `Question ${now.asked} of ${now.questions}: ${question.question}`
  if (now.comingAt !== null && before.comingAt === null) {
    return 'Your interviewer is moving on in five seconds. Finish your sentence.'
  }
  if (now.comingAt === null && before.comingAt !== null)
    return 'Your interviewer is staying with this question.'
  const followUp = question.followUps.find((text) => !was.followUps.includes(text))
  if (followUp !== undefined) return `Follow-up: ${followUp}`
  if (question.revealed && !was.revealed) return 'Your interviewer is showing you a model answer.'
  if (question.clock.since === null && was.clock.since !== null) return 'The clock is paused.'
  if (question.clock.since !== null && was.clock.since === null) return 'The clock is running again.'
  if (question.clock.allotted > was.clock.allotted) return 'You have more time for this question.'
  return arrivals(now, before)
}

function arrivals(now: CandidateView, before: CandidateView): string | null {
  const changed = now.interviewers.find(
    ({ name, presence }) =>
      presence.here !== before.interviewers.find((other) => other.name === name)?.presence.here,
  )
  if (changed === undefined) return null
  return `${changed.name} ${changed.presence.here ? 'is here' : 'has disconnected'}.`
}

/** Moves the focus to what is new, unless something that still exists has it. */
async function follow(): Promise<void> {
  const focused = document.activeElement
  const wrote = focused?.id === 'answer'
  const hasOther = focused !== null && focused !== document.body && !wrote
  await nextTick()
  const kept = hasOther && focused.isConnected && !focused.matches('h1')
  if (kept) return
  const heading = document.querySelector<HTMLElement>('main h1')
  const field = document.getElementById('answer')
  const target = wrote && field !== null ? field : heading
  target?.focus({ preventScroll: true })
  heading?.scrollIntoView({ block: 'center' })
}
