import { computed, reactive, shallowRef, watch } from 'vue'
import { z } from 'zod'
import { LIMITS } from '#contract/interview/limits.ts'
import { minutesOf, PlanDraft, PlanItem } from '#contract/interview/plan.ts'
import type { LessonQuestion } from '#contract/interview/plan.ts'
import { setFault } from './faults.ts'
import { balancedSet } from './selection.ts'
import { readStored, writeStored } from '../../stores/stored.ts'

const DRAFT = 'viva:interview-draft'
const SETS = 'viva:interview-sets'

/** A set that is being prepared, and may be incomplete. */
const Kept = z.object({ title: z.string().max(120), questions: z.array(PlanItem).max(LIMITS.questions) })
const SavedSets = z.array(PlanDraft)

/** Sets saved in this browser. */
function savedSets(): PlanDraft[] {
  return SavedSets.safeParse(readStored(SETS)).data ?? []
}

/** A set that is being prepared. It stays in this browser until the interview is created. */
export function useDraft(lessons: () => readonly LessonQuestion[]) {
  const kept = Kept.safeParse(readStored(DRAFT)).data
  const draft = reactive<{ title: string; questions: PlanItem[] }>({
    title: kept?.title ?? '',
    questions: kept?.questions ?? [],
  })
  const sets = shallowRef(savedSets())
  watch(draft, () => writeStored(DRAFT, draft), { deep: true })

  const bySlug = computed(() => new Map(lessons().map((lesson) => [lesson.slug, lesson])))
  const minutes = computed(() => minutesOf(draft.questions.map((item) => ({ minutes: minutesOfItem(item) }))))
  const full = computed(() => draft.questions.length >= LIMITS.questions)

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

  /** Replaces the chosen lessons by a balanced set; own questions stay. @returns how many lessons it chose */
  function balance(total: number): number {
    const own = draft.questions.filter(({ from }) => from === 'own')
    const rest = total - minutesOf(own.map((item) => ({ minutes: minutesOfItem(item) })))
    const chosen = balancedSet(lessons(), Math.max(0, rest))
    draft.questions = [...chosen.map(({ slug }) => lessonItem(slug)), ...own].slice(0, LIMITS.questions)
    return chosen.length
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

  function load(plan: PlanDraft): void {
    draft.title = plan.title
    draft.questions = structuredClone(plan.questions)
  }

  function clear(): void {
    draft.title = ''
    draft.questions = []
  }

  /** Saves the set under its title, replacing one of the same title. @returns what is wrong with it, or null */
  function save(): string | null {
    const read = PlanDraft.safeParse(JSON.parse(JSON.stringify(draft)))
    if (!read.success) return setFault(read.error)
    sets.value = [...sets.value.filter(({ title }) => title !== read.data.title), read.data]
    writeStored(SETS, sets.value)
    return null
  }

  function forget(title: string): void {
    sets.value = sets.value.filter((set) => set.title !== title)
    writeStored(SETS, sets.value)
  }

  return {
    ...{ draft, sets, minutes, full },
    ...{ minutesOfItem, titleOf, has, toggle, balance, move, remove, put, load, clear, save, forget },
  }
}

function lessonItem(slug: string): PlanItem {
  return { from: 'lesson', slug, playground: 'requests', note: '' }
}
