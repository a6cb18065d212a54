import { factGroups } from 'virtual:fact-groups'
import { computed, shallowReactive, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Fact } from '#contract/fact.ts'
import { factAddress } from '#contract/original-tab/facts.ts'
import { fetchFile } from '../../api/pages.ts'

/** The fact that the page's address names, or the first one. It never holds code. */
export function useFactPlace() {
  const route = useRoute()
  const router = useRouter()
  const loaded = shallowReactive(new Map<string, readonly Fact[]>())
  const failed = shallowRef(false)

  const asked = (name: 'lesson' | 'id'): string => String(route.query[name] ?? '')
  const group = computed(() => {
    const name = asked('lesson')
    return name === '' ? factGroups[0] : factGroups.find((each) => each.name === name)
  })
  const id = computed(() => {
    const named = asked('id')
    const facts = group.value?.facts ?? []
    return named === '' ? facts[0]?.id : facts.find((each) => each.id === named)?.id
  })
  const fact = computed(() => loaded.get(group.value?.name ?? '')?.find((each) => each.id === id.value))

  /** Loads the facts of the lesson. */
  async function load(): Promise<void> {
    const name = group.value?.name
    if (name === undefined || loaded.has(name)) return
    failed.value = false
    try {
      loaded.set(name, (await fetchFile(`/facts/${name}.json`)) as Fact[])
    } catch {
      if (name === group.value?.name) failed.value = true
    }
  }

  /** @param chosen without one, the lesson's first fact */
  function go(lesson: string, chosen?: string): void {
    const first = factGroups.find(({ name }) => name === lesson)?.facts[0]?.id
    void router.replace(factAddress(lesson, chosen ?? first ?? ''))
  }

  return { groups: factGroups, group, id, fact, failed, load, go }
}
