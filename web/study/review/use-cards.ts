import { computed, watch } from 'vue'
import { useOriginalTab } from '../../original/tab-store.ts'
import { useStudyStore } from '../log/study-store.ts'
import { usePractice } from '../use-practice.ts'
import { useQuestions } from '../use-questions.ts'
import { cardsOf } from './cards.ts'
import { missedCards } from './grades.ts'

/** Every card of this deck, but bugs where the server has nothing to fix them in; none until what they are made of is loaded. Call it in a component's setup. */
export function useCards() {
  const { questions } = useQuestions()
  const { sets, state } = usePractice()
  const study = useStudyStore()
  const missed = computed(() => missedCards(study.log))
  const tab = useOriginalTab()
  const all = computed(() =>
    state.value === 'loading' ? [] : cardsOf(questions.value, sets.value, missed.value),
  )
  const deck = computed(() =>
    tab.phase === 'absent' || tab.phase === 'too-old'
      ? all.value.filter(({ kind }) => kind !== 'bug')
      : all.value,
  )
  watch(
    () => all.value.some(({ kind }) => kind === 'bug'),
    (hasBugs) => hasBugs && void tab.look(),
    { immediate: true },
  )
  return { deck, sets }
}
