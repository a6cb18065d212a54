import { computed, onMounted, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { usedAt } from '#contract/interview/answer-time.ts'
import type { EvidenceMoment } from '#contract/interview/evidence.ts'
import type { Replay } from '#contract/interview/replay.ts'
import { ApiFailure } from '../../api/call.ts'
import { readReplay, type RoomAccess } from '../api/interviews.ts'
import { givenFiles } from '../bug/given-files.ts'
import { useHiddenNames } from '../page/use-hidden-names.ts'
import { useHostRoom } from '../host/use-host-room.ts'
import { clockChangesOf, firstTimeOf } from './find-moment.ts'
import { landmarksOf } from './landmarks.ts'
import { sessionAfter, timelineOf } from './session.ts'
import { usePlayer } from './use-player.ts'

/** A session that is replayed, beside the scorecard: what goes on the card is about the moment at which the replay stands. */
export function useReplay(access: RoomAccess) {
  const [route, router] = [useRoute(), useRouter()]
  const replay = shallowRef<Replay | null>(null)
  const missing = ref(false)
  const fault = ref('')
  const skip = ref(true)
  const steps = computed(() => replay.value ?? { steps: [] })
  const timeline = computed(() => timelineOf(steps.value, skip.value))
  const player = usePlayer(() => timeline.value)
  const { place, time } = player
  const hidden = useHiddenNames(access.interview)
  const room = useHostRoom(
    access,
    () => hidden.value,
    () => time.value,
  )

  /** Steps up to that time; unlike the time, it doesn't change with every frame. */
  const count = computed(() => steps.value.steps.findLastIndex(({ at }) => at <= time.value) + 1)
  const session = computed(() => sessionAfter(steps.value, count.value))
  const question = computed(
    () => room.plan.value?.questions.find(({ key }) => key === session.value.visible) ?? null,
  )
  const changes = computed(() => clockChangesOf(steps.value, question.value?.key ?? ''))
  const moment = computed((): EvidenceMoment => ({ at: time.value, used: usedAt(changes.value, time.value) }))
  const unplaced = computed(() => landmarksOf(steps.value, questionOf))
  const landmarks = computed(() =>
    unplaced.value.map((one) => ({ ...one, place: timeline.value.placeOf(one.at) })),
  )
  /** The time at which the address opens the replay: `?at=` has it, or `?quote=` the id of a quote whose words were first written then. */
  const addressed = computed(() => {
    if (replay.value === null) return null
    const { at, quote: id } = route.query
    if (typeof at === 'string' && /^\d{1,15}$/.test(at)) return Number(at)
    const cards = [room.view.value?.card, ...(room.view.value?.others ?? []).map(({ card }) => card)]
    const quote = cards.flatMap((card) => card?.quotes ?? []).find((one) => one.id === id)
    return quote?.source.kind === 'answer'
      ? firstTimeOf(replay.value, quote.question, quote.source.words)
      : null
  })

  onMounted(load)
  watch(addressed, (at) => {
    if (at === null) return
    player.pause()
    player.seek(timeline.value.placeOf(at))
  })

  async function load(): Promise<void> {
    fault.value = ''
    try {
      replay.value = await readReplay(access)
    } catch (error) {
      if (error instanceof ApiFailure && (error.status === 404 || error.status === 401)) missing.value = true
      else fault.value = (error as Error).message
    }
  }

  function questionOf(key: string) {
    const found = room.plan.value?.questions.find((one) => one.key === key)
    return { title: found?.title ?? key, given: found?.bug ? givenFiles(found.bug.files) : {} }
  }

  /** The address names a moment only while the replay stands there. */
  function leaveAddress(): void {
    if (Object.keys(route.query).length > 0) void router.replace({ query: {}, hash: route.hash })
  }

  function play(): void {
    leaveAddress()
    player.play()
  }

  function seek(to: number): void {
    leaveAddress()
    player.seek(to)
  }

  /** Moves to the previous or next landmark. */
  function jump(by: -1 | 1): void {
    const all = landmarks.value.map((one) => one.place)
    const next =
      by > 0 ? all.find((one) => one > place.value + 1) : all.findLast((one) => one < place.value - 500)
    seek(next ?? (by > 0 ? timeline.value.length : 0))
  }

  return {
    ...{ room, replay, missing, fault, load, session, question, moment, landmarks, timeline, skip },
    player: { ...player, play, seek, jump },
  }
}
