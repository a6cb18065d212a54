import { onMounted, shallowRef, type Ref } from 'vue'

/**
 * Whether the component is mounted: false at build and during hydration, so that the first render matches the prerendered page;
 * true from then on.
 */
export function useMounted(): Readonly<Ref<boolean>> {
  const mounted = shallowRef(false)
  onMounted(() => {
    mounted.value = true
  })
  return mounted
}
