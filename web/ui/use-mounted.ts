import { onMounted, shallowRef, type Ref } from 'vue'

/** False at build and while a prerendered page comes alive, true from then on. */
export function useMounted(): Readonly<Ref<boolean>> {
  const mounted = shallowRef(false)
  onMounted(() => (mounted.value = true))
  return mounted
}
