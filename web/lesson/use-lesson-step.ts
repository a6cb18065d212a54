import { computed, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * The selected step, which the address names.
 * @param steps how many there are
 * @param sheetOpen whether the playground covers the text
 */
export function useLessonStep(steps: number, sheetOpen: Readonly<Ref<boolean>>) {
  const route = useRoute()
  const router = useRouter()
  let last = 1
  const step = computed(() => {
    const asked = Number(route.query.step)
    return Number.isInteger(asked) && asked >= 1 && asked <= steps ? asked : 1
  })

  function select(number: number): void {
    last = number
    if (number !== step.value || route.query.step === undefined)
      void router.replace({ query: { ...route.query, step: number }, hash: route.hash })
  }

  // Closing the sheet goes back to an address with the step of before it opened: the one selected since stays.
  watch(sheetOpen, (isOpen) => {
    if (isOpen) last = step.value
    else if (last !== step.value) select(last)
  })

  return { step, select }
}
