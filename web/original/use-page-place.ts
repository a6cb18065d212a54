import { computed, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { lessonName, stepAsked } from '#contract/addresses.ts'
import type { LessonPage } from '#contract/page.ts'
import { useDeckStore } from '../stores/deck.ts'
import { OWN_FILES } from './files/own-files.ts'

/** What the page's address names: the lesson, its step, a file and a line in it. It never holds code. */
export function usePagePlace() {
  const route = useRoute()
  const router = useRouter()
  const deck = useDeckStore()
  const failure = shallowRef('')

  const name = computed(() => lessonName(String(route.query.lesson ?? '')) || (deck.cards[0]?.name ?? ''))
  const lesson = computed<LessonPage | null>(() => deck.lessons.get(name.value) ?? null)
  const stepNumber = computed(() => stepAsked(route.query.step, lesson.value?.steps ?? []))
  const step = computed(() => lesson.value?.steps[stepNumber.value - 1] ?? null)
  const namedFile = computed(() => {
    const path = String(route.query.file ?? '')
    return path in OWN_FILES ? path : null
  })
  /** Without one in the address, the code that the lesson shows first. */
  const shown = computed(() => (namedFile.value === null ? lesson.value?.code[0]?.python : undefined))
  const file = computed(() => namedFile.value ?? shown.value?.file ?? 'main.py')
  const line = computed(() => {
    const at = route.query.line
    return at === undefined ? (shown.value?.first ?? null) : numberWithin(at, 10_000)
  })

  /** Loads the lessons' names and the lesson itself. */
  async function load(): Promise<void> {
    failure.value = ''
    await deck.loadCards()
    const wanted = name.value
    if (wanted === '') return
    const outcome = await deck.loadLesson(wanted)
    if (wanted !== name.value || outcome === 'ready') return
    failure.value =
      outcome === 'missing' ? `There is no lesson ${wanted}.` : 'The lesson could not be loaded.'
  }

  function go(place: Partial<Record<'lesson' | 'step' | 'file' | 'line', string | undefined>>): void {
    void router.replace({ query: { ...route.query, ...place } })
  }

  return { name, lesson, stepNumber, step, file, line, failure, load, go, cards: computed(() => deck.cards) }
}

function numberWithin(value: unknown, most: number): number {
  const number = Number(value)
  return Number.isInteger(number) && number >= 1 && number <= most ? number : 1
}
