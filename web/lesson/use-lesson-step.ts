import { computed, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { stepAsked } from '#contract/addresses.ts'

/**
 * The selected step, which the address names.
 * @param sheetOpen whether the playground covers the text
 */
export function useLessonStep(steps: readonly { id: string }[], sheetOpen: Readonly<Ref<boolean>>) {
  const route = useRoute()
  const router = useRouter()
  let last = 1
  const step = computed(() => stepAsked(route.query.step, steps))

  const idOf = (number: number) => steps[number - 1]?.id

  function select(number: number): void {
    last = number
    if (number !== step.value || route.query.step === undefined)
      void router.replace({ query: { ...route.query, step: idOf(number) }, hash: route.hash })
  }

  // Closing the sheet goes back to an address with the step of before it opened: the one selected since stays.
  watch(sheetOpen, (isOpen) => {
    if (isOpen) last = step.value
    else if (last !== step.value) select(last)
  })

  return { step, idOf, select }
}
