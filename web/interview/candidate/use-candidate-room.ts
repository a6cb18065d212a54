import { computed, onScopeDispose, shallowRef } from 'vue'
import { CandidateMessage, type CandidateView } from '#contract/interview/candidate-view.ts'
import { CandidateCommand } from '#contract/interview/commands.ts'
import { QuestionKey } from '#contract/interview/plan.ts'
import type { Signal } from '#contract/interview/signal.ts'
import { newId } from '../../browser/random.ts'
import { storedKeys } from '../../stores/stored.ts'
import { commandSeat, seatStreamPath, type SeatAccess } from '../api/candidate.ts'
import type { TabRun } from '#contract/interview/bug.ts'
import { CandidateFiles } from './candidate-files.ts'
import { keepDraft, keptDraft, takeDrafts } from './expectation-drafts.ts'
import { follow, type Link } from '../sync/follow.ts'
import { Outbox } from '../sync/outbox.ts'
import { ServerTime } from '../time/time.ts'
import { SharedText, type Saving, type TextChange } from '../sync/shared-text.ts'

/** Why the candidate can no longer use the room; null while they can. */
export type SeatEnd = 'replaced' | 'gone' | 'refused' | null

/** The candidate's room, kept up to date: the view, their answer, and whether the server has it. */
export function useCandidateRoom(access: SeatAccess) {
  const view = shallowRef<CandidateView | null>(null)
  const link = shallowRef<Link>({ state: 'connecting' })
  const end = shallowRef<SeatEnd>(null)
  const saving = shallowRef<Saving>({ state: 'saved' })
  /** The answer to the present question, and whether its last change was made elsewhere. */
  const answer = shallowRef<TextChange>({ text: '', remote: true })
  const refused = shallowRef('')
  const time = new ServerTime()
  const texts = new Map<string, SharedText>()
  const present = computed(() => view.value?.question?.key ?? null)

  /** The files of the present question's bug that the candidate changed. */
  const files = new CandidateFiles(access)

  /** Questions whose expectation is on its way to the server. */
  const expecting = shallowRef<readonly string[]>([])

  const outbox: Outbox<CandidateCommand> = new Outbox<CandidateCommand>({
    keptAs: `viva:room:${access.room}:commands`,
    parse: (kept) => CandidateCommand.safeParse(kept).data ?? null,
    send: (command) => commandSeat(access, command),
    refused: (_command, why) => (refused.value = why),
    waiting: noteExpectations,
  })
  noteExpectations()

  const stop = follow({
    ...{ path: seatStreamPath(access), key: access.key },
    parse: (json) => CandidateMessage.parse(json),
    received: receive,
    link: (now) => {
      link.value = now
      if (now.state === 'live') outbox.hurry()
      if (now.state === 'refused') end.value ??= 'refused'
    },
  })

  onScopeDispose(() => {
    stop()
    outbox.end()
    for (const text of texts.values()) text.end()
    files.end()
  })

  function receive(message: CandidateMessage): void {
    if (message.kind === 'text') return texts.get(message.question)?.take(message.update)
    if (message.kind === 'file') return files.take(message)
    if (message.kind !== 'view') {
      end.value = message.kind
      stop()
      return
    }
    const { question, now } = message.view
    time.set(now)
    if (view.value === null) sendLeftBehind()
    const changed = question?.key !== present.value
    view.value = message.view
    if (changed) giveDraftsOfOthers()
    files.show(question?.key ?? null, question?.bug ?? null)
    if (question === null) return
    if (question.task?.expectation) keepDraft(access.room, question.key, '')
    const text = textOf(question.key)
    text.adopt(question.answer)
    if (changed) {
      answer.value = { text: text.value, remote: true }
      saving.value = text.saving
    }
  }

  /** Texts of earlier questions stay open until the server has all that was typed. */
  function textOf(question: string): SharedText {
    const known = texts.get(question)
    if (known) return known
    const text = new SharedText({
      keptAs: `viva:room:${access.room}:${question}`,
      send: (update) => commandSeat(access, { id: newId(), type: 'write', question, update }),
      changed: (change) => {
        if (question === present.value) answer.value = change
      },
    })
    text.onSaving = (now) => {
      if (question === present.value) saving.value = now
    }
    texts.set(question, text)
    return text
  }

  /** Sends what was typed or changed in earlier questions before a reload and never reached the server. */
  function sendLeftBehind(): void {
    files.sendLeftBehind()
    const prefix = `viva:room:${access.room}:`
    for (const name of storedKeys(prefix)) {
      const question = QuestionKey.safeParse(name.slice(prefix.length)).data
      if (question !== undefined) textOf(question).flush()
    }
  }

  function noteExpectations(): void {
    expecting.value = outbox.commands.flatMap((one) => (one.type === 'expect' ? one.question : []))
  }

  /** What was being typed as expected of a question that is over, here or before a reload, isn't lost. */
  function giveDraftsOfOthers(): void {
    for (const { question, text } of takeDrafts(access.room, (key) => key !== present.value))
      outbox.add({ id: newId(), type: 'expect', question, text })
  }

  /** What the candidate expects of the present question's task. */
  const expectation = {
    sending: computed(() => present.value !== null && expecting.value.includes(present.value)),
    draft: () => (present.value === null ? '' : keptDraft(access.room, present.value)),
    keep: (text: string) => {
      if (present.value !== null) keepDraft(access.room, present.value, text)
    },
    give: (text: string | null) => {
      const question = present.value
      if (question === null || expecting.value.includes(question)) return
      refused.value = ''
      outbox.add({ id: newId(), type: 'expect', question, text })
      keepDraft(access.room, question, '')
    },
  }

  function write(value: string, caret: number): void {
    if (present.value !== null) textOf(present.value).set(value, caret)
  }

  /** Where a caret belongs after the answer was changed elsewhere. */
  function caretAfter(caret: number, before: string): number {
    return present.value === null ? caret : textOf(present.value).moved(caret, before)
  }

  function begin(): void {
    refused.value = ''
    outbox.add({ id: newId(), type: 'begin' })
  }

  function leave(): void {
    const question = present.value
    if (question === null) return
    refused.value = ''
    texts.get(question)?.flush()
    files.flush()
    outbox.add({ id: newId(), type: 'leave', question })
  }

  function next(): void {
    const question = view.value?.leftQuestion ?? null
    if (question === null) return
    refused.value = ''
    outbox.add({ id: newId(), type: 'next', question })
  }

  /** Tells the interviewers what a run of the present question's checks came to. */
  function reportRun(run: TabRun): void {
    const question = present.value
    if (question === null) return
    refused.value = ''
    files.flush()
    outbox.add({ id: newId(), type: 'report-run', question, run })
  }

  /** Tells the interviewer something about the present question, or takes it back with null. */
  function signal(kind: Signal | null): void {
    const question = present.value
    if (question === null) return
    refused.value = ''
    outbox.add({ id: newId(), type: 'signal', question, signal: kind })
  }

  return {
    view,
    link,
    end,
    saving,
    answer,
    refused,
    time,
    write,
    caretAfter,
    expectation,
    files,
    reportRun,
    begin,
    leave,
    next,
    signal,
  }
}

export type CandidateRoom = ReturnType<typeof useCandidateRoom>
