import { computed } from 'vue'
import { useStudyStore } from '../log/study-store.ts'
import { usePractice } from '../use-practice.ts'
import { useQuestions } from '../use-questions.ts'
import { cardsOf } from './cards.ts'
import { missedPredictions } from './grades.ts'

/** Every card of this deck; none until what they are made of is loaded. Call it in a component's setup. */
export function useCards() {
  const { questions } = useQuestions()
  const { sets, state } = usePractice()
  const study = useStudyStore()
  const missed = computed(() => missedPredictions(study.log))
  const deck = computed(() =>
    state.value === 'loading' ? [] : cardsOf(questions.value, sets.value, missed.value),
  )
  return { deck, sets }
}
