import type { Shortcuts } from '../../ui/use-shortcuts.ts'
import { answerToSignal } from './answer-signal.ts'
import type { KeyOptions } from './scoring-keys.ts'

/** Keys for what the candidate notices. Where another interviewer leads, the server refuses them with a sentence. */
export function leadingKeys({ room, chosenQuestion, revealing }: KeyOptions): Shortcuts {
  const { view, order } = room
  const { question, progress, next } = chosenQuestion

  function isLive(): boolean {
    return view.value?.mode === 'live' && view.value.phase !== 'ended' && view.value.candidate !== null
  }

  const present = () => view.value?.questions.find(({ state }) => state === 'present')

  function askNext(): void {
    if (isLive() && !view.value?.coming && next.value !== null)
      order({ type: 'announce', question: next.value })
  }

  function undo(): void {
    if (view.value?.coming) order({ type: 'withdraw' })
  }

  function sayYes(): void {
    const answer = view.value && answerToSignal(view.value, next.value)
    if (answer) order(answer)
  }

  function pauseOrResume(): void {
    const clock = present()?.clock
    if (clock && isLive()) order({ type: clock.since === null ? 'resume' : 'pause' })
  }

  function addMinute(): void {
    if (present() && isLive()) order({ type: 'add-time', milliseconds: 60_000 })
  }

  function takeLead(): void {
    const leader = view.value?.leader ?? null
    if (isLive() && leader !== null && leader !== view.value?.you.id) order({ type: 'take-lead' })
  }

  function reveal(): void {
    const isAsked = isLive() && progress.value?.state === 'present' && progress.value.revealedAt === null
    if (isAsked && question.value?.answer.body !== '') revealing.value = true
  }

  function followUp(index: number): void {
    const [planned, asked] = [question.value, progress.value]
    if (!isLive() || asked?.state !== 'present' || planned?.followUps[index] === undefined) return
    if (!asked.followUps.includes(index))
      order({ type: 'open-follow-up', question: planned.key, followUp: index })
  }

  return {
    ...Object.fromEntries([...Array(9).keys()].map((index) => [`f ${index + 1}`, () => followUp(index)])),
    n: askNext,
    u: undo,
    y: sayYes,
    p: pauseOrResume,
    '+': addMinute,
    l: takeLead,
    r: reveal,
  }
}
