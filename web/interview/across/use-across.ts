import { computed, effectScope, onMounted, onScopeDispose, shallowRef, watch, type EffectScope } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Across } from '#contract/interview/across.ts'
import { ApiFailure } from '../../api/call.ts'
import { readAcross, type HostAccess } from '../api/interviews.ts'
import { useHostRoom, type HostRoom } from '../host/use-host-room.ts'

interface Opened {
  id: string
  room: HostRoom
  scope: EffectScope
}

/**
 * Goes through the answers to one question, one candidate after the other. The question and the answer's number are in the address, so that
 * Back and a reload return to them.
 */
export function useAcross(access: HostAccess) {
  const [route, router] = [useRoute(), useRouter()]
  const across = shallowRef<Across | null>(null)
  const missing = shallowRef(false)
  const fault = shallowRef('')
  const opened = shallowRef<Opened | null>(null)
  /** What this page knows better than the list that it loaded: by question and room, whether it is scored. */
  const changed = shallowRef<ReadonlyMap<string, boolean>>(new Map())

  const questions = computed(() => across.value?.questions ?? [])
  const question = computed(
    () =>
      questions.value.find(({ key }) => key === route.params.question) ??
      questions.value.find(({ answers }) => answers.some(({ scored }) => !scored)) ??
      questions.value[0] ??
      null,
  )
  const answers = computed(() => question.value?.answers ?? [])
  const index = computed(() => {
    const wanted = Math.round(Number(route.query.answer)) - 1
    const first = answers.value.findIndex(({ scored }) => !scored)
    return wanted >= 0 && wanted < answers.value.length ? wanted : Math.max(0, first)
  })
  const room = computed(() => answers.value[index.value]?.room ?? null)
  const scored = computed(
    () =>
      answers.value.filter(
        (answer) => changed.value.get(`${question.value?.key}/${answer.room}`) ?? answer.scored,
      ).length,
  )
  /** The question after this one that has answers; null after the last. */
  const following = computed(() => {
    const from = questions.value.findIndex(({ key }) => key === question.value?.key) + 1
    return questions.value.slice(from).find((one) => one.answers.length > 0) ?? null
  })

  onMounted(load)
  onScopeDispose(() => open(null))
  watch(room, open, { immediate: true })
  watch(
    () => opened.value?.room.view.value?.card,
    (card) => {
      const [id, key] = [opened.value?.id, question.value?.key]
      if (card === undefined || id === undefined || key === undefined) return
      const isScored = card.scores[key] !== undefined || card.notAssessed.includes(key)
      changed.value = new Map([...changed.value, [`${key}/${id}`, isScored]])
    },
  )

  async function load(): Promise<void> {
    fault.value = ''
    try {
      across.value = await readAcross(access)
    } catch (error) {
      if (error instanceof ApiFailure && (error.status === 404 || error.status === 401)) missing.value = true
      else fault.value = (error as Error).message
    }
  }

  function open(id: string | null): void {
    const before = opened.value
    // Its own scope: a room stays connected until all that was written in it is sent.
    const scope = effectScope(true)
    const next = id === null ? undefined : scope.run(() => useHostRoom({ ...access, room: id }, () => true))
    opened.value = id === null || next === undefined ? null : { id, room: next, scope }
    if (before !== null) closeOnceSent(before)
  }

  async function choose(key: string, answer?: number): Promise<void> {
    // The list may be as old as the page.
    await load()
    await go(key, answer)
  }

  async function go(key: string, answer?: number): Promise<void> {
    const query = answer === undefined ? {} : { answer: String(answer) }
    await router.replace({ name: 'across', params: { ...route.params, question: key }, query })
  }

  /** @param by 1 for the next answer, -1 for the one before */
  function move(by: 1 | -1): void {
    const to = index.value + by
    if (question.value === null) return
    if (to >= 0 && to < answers.value.length) void go(question.value.key, to + 1)
    else if (by === 1 && following.value !== null) void choose(following.value.key)
  }

  return {
    ...{ across, missing, fault, opened, questions, question, answers, index, scored, following },
    ...{ load, choose, move },
  }
}

/** Ends a room's connection once the server has everything that was done in it. */
function closeOnceSent({ room, scope }: Opened): void {
  const isSent = (): boolean =>
    room.gone.value ||
    (room.waiting.value.length === 0 &&
      Object.values(room.savings).every(({ state }) => state === 'saved' || state === 'refused'))
  scope.run(() =>
    watch(isSent, (sent) => {
      if (sent) scope.stop()
    }),
  )
  if (isSent()) scope.stop()
}
