import { computed, reactive, ref, shallowRef, toRaw, watch } from 'vue'
import { z } from 'zod'
import { LIMITS } from '#contract/interview/limits.ts'
import { PlanDraft, PlanItem, Pool } from '#contract/interview/plan.ts'
import type { LessonOffer, PoolKey } from '#contract/interview/plan.ts'
import { missingInDeck, setFault } from './faults.ts'
import { poolsOf } from './pools.ts'
import { suggestedSet } from './selection.ts'
import { proposedTitle } from './set-title.ts'
import { sizeOf } from '../question/set-size.ts'
import { readStored, writeStored } from '../../stores/stored.ts'

const DRAFT = 'viva:interview-draft'
const SETS = 'viva:interview-sets'

/** A set that is being prepared, and may be incomplete. */
const Kept = z.object({
  title: z.string().max(120),
  questions: z.array(PlanItem).max(LIMITS.questions),
  pools: z.array(Pool).default([]),
  shuffle: z.boolean().default(false),
  /** Whether an interview has been created from it, so that it is here to be used again. */
  used: z.boolean().default(false),
})
type Kept = z.infer<typeof Kept>
const SavedSets = z.array(PlanDraft)
const EMPTY: Kept = { title: '', questions: [], pools: [], shuffle: false, used: false }

/** Sets saved in this browser. */
function savedSets(): PlanDraft[] {
  return SavedSets.safeParse(readStored(SETS)).data ?? []
}

/** A set that is being prepared. It stays in this browser, also after an interview was created from it. */
export function useDraft(lessons: () => readonly LessonOffer[]) {
  const draft = reactive<Kept>(Kept.safeParse(readStored(DRAFT)).data ?? structuredClone(EMPTY))
  const sets = shallowRef(savedSets())
  watch(draft, () => writeStored(DRAFT, draft), { deep: true })

  const bySlug = computed(() => new Map(lessons().map((lesson) => [lesson.slug, lesson])))
  const pools = computed(() => poolsOf(draft.questions, draft.pools))
  const size = computed(() =>
    sizeOf({
      questions: draft.questions.map((item) => ({ minutes: minutesOfItem(item), pool: item.pool })),
      pools: pools.value,
    }),
  )
  const full = computed(() => draft.questions.length >= LIMITS.questions)
  const proposed = computed(() =>
    proposedTitle(
      draft.questions.flatMap((item) => (item.from === 'own' ? item : (bySlug.value.get(item.slug) ?? []))),
      size.value,
    ),
  )
  /** What was there before the whole set was replaced. */
  const replaced = ref<Kept | null>(null)

  function minutesOfItem(item: PlanItem): number {
    return item.minutes ?? (item.from === 'lesson' ? (bySlug.value.get(item.slug)?.minutes ?? 0) : 0)
  }

  function titleOf(item: PlanItem): string {
    return item.from === 'own' ? item.title : (bySlug.value.get(item.slug)?.title ?? item.slug)
  }

  function has(slug: string): boolean {
    return draft.questions.some((item) => item.from === 'lesson' && item.slug === slug)
  }

  function toggle(slug: string): void {
    if (has(slug))
      draft.questions = draft.questions.filter((item) => item.from !== 'lesson' || item.slug !== slug)
    else if (!full.value) draft.questions.push(lessonItem(slug))
  }

  /**
   * Replaces the chosen lessons by a suggestion; own questions stay, and their minutes count.
   * @param from the questions that may be suggested
   * @param minutes for the whole set
   * @returns the suggested questions; nothing changes when none fits
   */
  function suggest(from: readonly LessonOffer[], minutes: number): LessonOffer[] {
    const own = draft.questions.filter((item) => item.from === 'own')
    const rest = minutes - sizeOf({ questions: own, pools: poolsOf(own, draft.pools) }).most
    const shown = draft.questions.flatMap((item) => (item.from === 'lesson' ? item.slug : []))
    const chosen = suggestedSet(from, { minutes: rest, random: Math.random, shown })
    const lessonItems = chosen.slice(0, LIMITS.questions - own.length).map(({ slug }) => lessonItem(slug))
    if (lessonItems.length > 0) replace({ ...draft, questions: [...lessonItems, ...own], used: false })
    return chosen
  }

  function move(from: number, to: number): void {
    const [item] = draft.questions.slice(from, from + 1)
    if (item === undefined || to < 0 || to >= draft.questions.length) return
    draft.questions.splice(from, 1)
    draft.questions.splice(to, 0, item)
  }

  function remove(at: number): void {
    draft.questions.splice(at, 1)
  }

  function put(at: number, item: PlanItem): void {
    draft.questions.splice(at, at < draft.questions.length ? 1 : 0, item)
  }

  function draw(key: PoolKey, count: number): void {
    draft.pools = pools.value.map((pool) => (pool.key === key ? { key, draw: count } : pool))
  }

  function replace(next: Kept): void {
    replaced.value = structuredClone(plain(draft))
    Object.assign(draft, structuredClone(plain(next)))
  }

  /** Puts back what was there before the set was replaced. */
  function undo(): void {
    if (replaced.value !== null) Object.assign(draft, plain(replaced.value))
    replaced.value = null
  }

  /**
   * Replaces the set by another one, without those questions whose lesson or task this deck doesn't have.
   * @returns what was left out, as sentences; if nothing is left over, the set stays as it was
   */
  function load(plan: PlanDraft): string[] {
    const missing = plan.questions.flatMap((item, index) => missingInDeck(item, index, bySlug.value) ?? [])
    const questions = plan.questions.filter((item, index) => !missingInDeck(item, index, bySlug.value))
    if (questions.length > 0) replace({ ...EMPTY, ...plan, questions })
    return missing
  }

  function clear(): void {
    replace(EMPTY)
  }

  /** The set as it would be used, or what keeps it from being used. */
  function checked(): { plan: PlanDraft } | { fault: string } {
    const { title, questions, shuffle } = plain(draft)
    const [missing] = questions.flatMap((item, index) => missingInDeck(item, index, bySlug.value) ?? [])
    if (missing !== undefined) return { fault: `${missing} Remove it from the set.` }
    const read = PlanDraft.safeParse({
      ...{ questions, shuffle, pools: pools.value },
      title: title.trim() === '' ? proposed.value : title,
    })
    return read.success ? { plan: read.data } : { fault: setFault(read.error) }
  }

  /** Saves the set under its title, replacing one of the same title. @returns its title, or what is wrong with it */
  function save(): { title: string } | { fault: string } {
    const read = checked()
    if ('fault' in read) return read
    const { title } = read.plan
    sets.value = [...sets.value.filter((set) => set.title !== title), read.plan]
    writeStored(SETS, sets.value)
    return { title }
  }

  function forget(title: string): void {
    sets.value = sets.value.filter((set) => set.title !== title)
    writeStored(SETS, sets.value)
  }

  return {
    ...{
      draft,
      sets,
      size,
      pools,
      full,
      proposed,
      replaced,
      minutesOfItem,
      titleOf,
      has,
      toggle,
      suggest,
      draw,
    },
    ...{ move, remove, put, load, clear, undo, checked, save, forget },
  }
}

function lessonItem(slug: string): PlanItem {
  return { from: 'lesson', slug, playground: 'requests', note: '' }
}

/** Without Vue's proxies, at any depth. */
function plain(draft: Kept): Kept {
  return JSON.parse(JSON.stringify(toRaw(draft))) as Kept
}
