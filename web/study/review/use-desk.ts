import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import { useDocumentVisibility, useNow } from '@vueuse/core'
import { daysBetween } from '../day.ts'
import type { Fact } from '../log/event.ts'
import { useStudyStore } from '../log/study-store.ts'
import type { StudyCard } from './cards.ts'
import { intervalsAfter, memoryAfter, type Grade } from './memory.ts'
import { inOrder, queueOf } from './queue.ts'
import { dueTowards, scheduleOf, upcoming } from './schedule.ts'

/** The schedule of this browser's log, as it is now: computed anew with every event, and when a day ends. */
export function useSchedule() {
  const study = useStudyStore()
  const now = useNow({ interval: 30_000 })
  // A page in the background has slow timers, or none.
  watch(useDocumentVisibility(), () => (now.value = new Date()))
  return computed(() => scheduleOf(study.log, Math.max(now.value.getTime(), Date.now())))
}

/** Reviewing: which card is up, and what can be done with it. @param deck every card, in the order of introduction */
export function useDesk(deck: () => readonly StudyCard[]) {
  const study = useStudyStore()
  const schedule = useSchedule()
  const queue = computed(() => queueOf(schedule.value, deck()))
  const cards = computed(() => inOrder(queue.value))
  /** The card that an undone grade brought back: it is up again, wherever it stands in the queue. */
  const returned = shallowRef<string | null>(null)
  const card: ComputedRef<StudyCard | undefined> = computed(
    () => cards.value.find(({ id }) => id === returned.value) ?? cards.value[0],
  )
  /** Ids of this page's events that can be undone, the last one last. */
  const done = shallowRef<{ event: string; card: string }[]>([])

  /** In how many days the card is due after each grade; 0 is later today. */
  const intervals = computed((): Record<Grade, number> | null => {
    const { cards, today, settings } = schedule.value
    if (card.value === undefined) return null
    const { id } = card.value
    const before = cards.get(id)
    const days = before === undefined ? 0 : Math.max(0, daysBetween(before.lastDay, today))
    const memory = before?.memory ?? null
    const plain = intervalsAfter(memory, days)
    const until = (grade: Grade): number => {
      const state = { lastDay: today, memory: memoryAfter(memory, days, grade) }
      const interview = upcoming(settings.interview, today)
      return daysBetween(today, dueTowards(id, state, plain[grade], interview))
    }
    return { 1: until(1), 2: until(2), 3: until(3), 4: until(4) }
  })

  /** Records what happened to the card that is up. */
  function act(fact: Fact): void {
    const acted = card.value
    if (acted === undefined) return
    returned.value = null
    const { id } = study.record(fact)
    done.value = [...done.value, { event: id, card: acted.id }]
  }

  function undo(): boolean {
    const last = done.value.at(-1)
    if (last === undefined) return false
    done.value = done.value.slice(0, -1)
    study.remove(last.event)
    returned.value = last.card
    return true
  }

  return { schedule, queue, cards, card, intervals, done, act, undo }
}
