import { reactive, toRaw, watch } from 'vue'
import { readStored, removeStored, writeStored } from '../../stores/stored.ts'
import { isRecord } from '../../stores/stored.ts'

const KEY = 'viva:practice-draft'
/** A reload or a crash keeps what was written; the next day starts empty. */
const KEPT_MS = 60 * 60 * 1000

/** An answer on its way, before it is saved. */
export interface Draft {
  written: string
  /** When the clock was started, in milliseconds since 1970, or null. */
  startedAt: number | null
  /** How long the answer took, once it is checked. */
  seconds: number | null
  isShown: boolean
  /** Positions of the key points that were mentioned. */
  named: number[]
  level: number | null
  /** The follow-up that was asked. */
  followUp: string | null
}

const EMPTY: Draft = {
  ...{ written: '', startedAt: null, seconds: null, isShown: false },
  ...{ named: [], level: null, followUp: null },
}

/**
 * The answer to a question as it is being given, kept over a reload. Call it in a component's setup.
 * @param task what it answers: the question's slug, and the mock interview's id if it is part of one
 */
export function useDraft(task: string) {
  const draft = reactive<Draft>({ ...EMPTY, ...stored(task), named: stored(task)?.named ?? [] })
  watch(draft, () => writeStored(KEY, { task, time: Date.now(), draft: toRaw(draft) }))

  function discard(): void {
    Object.assign(draft, EMPTY, { named: [] })
    // After the watcher, which would write the empty draft.
    queueMicrotask(() => removeStored(KEY))
  }

  return { draft, discard }
}

function stored(task: string): Draft | null {
  const value = readStored(KEY)
  if (!isRecord(value) || value.task !== task || !isRecord(value.draft)) return null
  const age = Date.now() - Number(value.time)
  const { draft } = value
  const isWhole = typeof draft.written === 'string' && Array.isArray(draft.named)
  return isWhole && age >= 0 && age < KEPT_MS ? (draft as unknown as Draft) : null
}
