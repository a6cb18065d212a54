import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { isEvent } from '#contract/study/check-event.ts'
import { newId } from '../../browser/random.ts'
import { whenIdle } from '../../ui/when-idle.ts'
import { savedKey } from '../copy/saved-key.ts'
import { dayOf } from '../day.ts'
import { changeEvents, clearEvents, packEvents, readEvents } from './event-database.ts'
import { byTime, logOf, versionOf, type Fact, type StudyEvent } from './event.ts'
import { forgetMarks, keepMarks } from './keep-marks.ts'
import { dropAllNoted, dropNoted, notedEvents, noteEvent } from './noted-events.ts'
import { persistWork } from './persistence.ts'

const CHANNEL = 'viva:study'
/** How long a page waits for what the browser has stored. */
const MAX_OPENING_MS = 5_000

/**
 * The learner's log: read from this browser, shared by its tabs, and in memory alone where the browser stores nothing. Everything
 * that is shown of it is derived from `log`.
 */
export const useStudyStore = defineStore('study', () => {
  /** Every event that this browser has, removals included. */
  const own = shallowRef<readonly StudyEvent[]>([])
  /** The events of a copy that is only looked at, in this tab: they take the place of this browser's own, and nothing is stored. */
  const looked = shallowRef<readonly StudyEvent[] | null>(null)
  const isLooking = computed(() => looked.value !== null)
  const known = computed(() => looked.value ?? own.value)
  const log = computed(() => logOf(known.value))
  const isOpen = shallowRef(false)
  /** False once something could not be stored: it then lasts as long as this page. */
  const isKept = shallowRef(true)
  /** Events that are not in the database yet. */
  const unsaved = new Map<string, StudyEvent>()
  let opened: Promise<void> | undefined
  let channel: BroadcastChannel | undefined
  let saving = Promise.resolve()
  let wasRead = false
  let lastTime = 0

  /** Reads the log, once; it is empty before. Called when a page is mounted. */
  function open(): Promise<void> {
    return (opened ??= start())
  }

  async function start(): Promise<void> {
    try {
      channel = new BroadcastChannel(CHANNEL)
      channel.onmessage = () => void reload()
    } catch {
      // An old browser, or one that denies it: other tabs show it when they are looked at again.
    }
    // What another tab wrote while this one was asleep.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void reload()
    })
    // Some browsers' databases never answer. If they do later, what was stored still shows up.
    await Promise.race([reload(), new Promise((resolve) => setTimeout(resolve, MAX_OPENING_MS))])
    if (!wasRead) isKept.value = false
    recover()
    isOpen.value = true
    keepMarks({
      known: () => own.value,
      isKept: () => isKept.value,
      reload,
      add: (facts) => add(facts.map(stamped)),
    })
    if (savedKey() !== null) void keepCopied()
  }

  /** If its code doesn't load, what is here is copied by the next page. */
  async function keepCopied(): Promise<void> {
    const loaded = await import('../copy/copy-store.ts').catch(() => null)
    loaded?.useCopyStore().start(synced)
  }

  /** What the copy on the server is kept the same as. */
  const synced = {
    get known() {
      return own.value
    },
    get isKept() {
      return isKept.value
    },
    merge,
  }

  async function reload(): Promise<void> {
    try {
      // An event never changes: one that is here already stays the same object, and what was computed from it still holds.
      const here = new Map<unknown, StudyEvent>(own.value.map((event) => [event.id, event]))
      const { events: read, needsPacking } = await readEvents(here)
      const stored = read.flatMap((event) => here.get(event.id) ?? (isEvent(event) ? [event] : []))
      wasRead = true
      if (unsaved.size === 0) isKept.value = true
      const events = new Map([...stored, ...unsaved.values()].map((event) => [event.id, event]))
      own.value = byTime([...events.values()])
      if (needsPacking) pack()
    } catch {
      isKept.value = false
    }
  }

  /** Adds what was recorded on a page that was left before the browser had stored it. */
  function recover(): void {
    const noted = notedEvents()
    const lost = unknownOf(noted)
    const late = new Set(lost.map(({ id }) => id))
    dropNoted(noted.filter(({ id }) => !late.has(id)).map(({ id }) => id))
    if (lost.length > 0) void add(lost)
  }

  /** Those of some events that aren't here yet, each once; what the learner removed stays removed. */
  function unknownOf(events: readonly StudyEvent[]): StudyEvent[] {
    const gone = new Set(own.value.flatMap((event) => (event.kind === 'removed' ? [event.event] : [])))
    const ids = new Set(own.value.map(({ id }) => id))
    return [...new Map(events.map((event) => [event.id, event])).values()].filter(
      ({ id, kind }) => !ids.has(id) && (kind === 'removed' || !gone.has(id)),
    )
  }

  /** A browser without space for it reads the log as fast as it can. */
  function pack(): void {
    whenIdle(() => void packEvents(own.value).catch(() => undefined), true)
  }

  /** Events of one moment keep their order in every browser. A clock that was set back by more than a second counts again. */
  function stamped(fact: Fact): StudyEvent {
    const now = Date.now()
    lastTime = now <= lastTime && lastTime < now + 1_000 ? lastTime + 1 : now
    return { id: newId(), version: versionOf(fact), time: lastTime, day: dayOf(lastTime), ...fact }
  }

  /** Adds something that happened now. */
  function record(fact: Fact): StudyEvent {
    const event = stamped(fact)
    if (looked.value !== null) looked.value = [...looked.value, event]
    else {
      noteEvent(event)
      void add([event]).then(() => (isKept.value ? persistWork(fact) : undefined))
    }
    return event
  }

  /** Shows other events than this browser's own until the page is left. */
  function look(events: readonly StudyEvent[]): void {
    looked.value = byTime([...events])
  }

  function remove(id: string): void {
    record({ kind: 'removed', event: id })
  }

  /** Adds the events that aren't here yet. @returns their number, once they are stored or known to be in memory alone */
  async function merge(events: readonly StudyEvent[]): Promise<number> {
    await reload()
    const added = unknownOf(events)
    if (added.length > 0) await add(added)
    return added.length
  }

  function add(events: readonly StudyEvent[]): Promise<void> {
    for (const event of events) unsaved.set(event.id, event)
    own.value = [...own.value, ...events]
    return (saving = saving.then(save))
  }

  async function save(): Promise<void> {
    const put = [...unsaved.values()]
    if (put.length === 0) return
    try {
      const marks = new Set(own.value.flatMap(({ id, kind }) => (kind === 'removed' ? [id] : [])))
      const remove = put.flatMap((event) =>
        event.kind === 'removed' && !marks.has(event.event) ? [event.event] : [],
      )
      await changeEvents({ put, remove })
      for (const { id } of put) unsaved.delete(id)
      dropNoted(put.map(({ id }) => id))
      isKept.value = unsaved.size === 0
      channel?.postMessage('changed')
    } catch {
      isKept.value = false
    }
  }

  /** Deletes everything. @returns false if the browser still has what it stored */
  async function forget(): Promise<boolean> {
    if (wasRead) await saving
    unsaved.clear()
    try {
      await forgetMarks(async () => {
        if (wasRead) await clearEvents()
        dropAllNoted()
        own.value = []
      })
      channel?.postMessage('changed')
      return true
    } catch {
      isKept.value = false
      return false
    }
  }

  return { known, log, synced, isOpen, isKept, isLooking, open, record, remove, merge, look, forget }
})
