import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { StudyEvent } from '#contract/study/event.ts'
import { newKey } from '../../browser/random.ts'
import { copyCalls, CopyTrouble, type Trouble } from './copy-calls.ts'
import { forgetPlace, readPlace, savePlace, type CopyPlace } from './copy-place.ts'
import { forgetKey, onSavedKey, savedKey, saveKey } from './saved-key.ts'
import { eventsOf, exchange, unsent, type SyncedLog } from './sync.ts'

/** How long a change waits for others, so that an evening of grades isn't a request each. */
const CHANGE_DELAY_MS = 2_000
/** How long it takes until something that failed is tried again, unless the server has said so. */
const RETRY_MS = 30_000
const MAX_RETRY_MS = 60 * 60_000
/** Another tab is copying; afterwards there is little left to do. */
const OTHER_TAB_MS = 3_000
const LOCK = 'viva:study-copy'
const NOT_FOUND = 'There is no such copy: it was deleted, or the link isn’t complete.'

/** Keeps the log of this browser and its copy on the server the same, while a page that shows the log is open. */
export const useCopyStore = defineStore('study-copy', () => {
  /** The key of the copy; null while there is none. */
  const key = shallowRef(savedKey())
  /** When log and copy were last the same, in milliseconds since 1970. */
  const copiedAt = shallowRef<number | null>(null)
  /** What kept them from being the same, the last time it was tried. */
  const trouble = shallowRef<{ kind: Trouble; message: string } | null>(null)
  /** Whether something of the log isn't in the copy yet. */
  const isWaiting = shallowRef(false)
  /** Events that no copy can have: too long, or written by a newer version. */
  const others = shallowRef(0)
  let log: SyncedLog | null = null
  let place: CopyPlace | null = null
  /** The exchange that is running, after those that are over. */
  let running = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Begins to copy, if this browser keeps a copy. Called with the log once it is read; a second call changes nothing. */
  function start(opened: SyncedLog): void {
    if (log !== null) return
    log = opened
    watch(
      () => opened.known,
      () => {
        isWaiting.value = hasUnsent()
        if (isWaiting.value) later(CHANGE_DELAY_MS)
      },
    )
    addEventListener('online', () => later(0))
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') later(0)
    })
    onSavedKey(() => {
      take(savedKey())
      later(0)
    })
    later(0)
  }

  /** Makes a copy with everything that is here. @returns what went wrong, or null */
  async function make(): Promise<string | null> {
    const made = newKey()
    try {
      await copyCalls(made).make()
    } catch (error) {
      return messageOf(error)
    }
    return join(made)
  }

  /**
   * Keeps the log of this browser in the copy of this key from now on, merged. Without a connection, that begins later.
   * @returns a sentence when there is no such copy; then nothing has changed
   */
  async function join(opened: string): Promise<string | null> {
    const before = key.value
    await stop()
    saveKey(opened)
    take(opened)
    await now()
    if (trouble.value?.kind !== 'gone') return null
    if (before === null) await leave()
    else {
      saveKey(before)
      take(before)
      later(0)
    }
    return NOT_FOUND
  }

  /** Everything in a copy that this browser doesn't keep, or a sentence that says what went wrong. */
  async function look(opened: string): Promise<readonly StudyEvent[] | string> {
    try {
      return await eventsOf(copyCalls(opened))
    } catch (error) {
      return messageOf(error)
    }
  }

  /** Stops copying in this browser. The copy stays, and so does what is here. */
  async function leave(): Promise<void> {
    forgetKey()
    take(null)
    await stop()
    await forgetPlace()
  }

  /** Deletes the copy, and stops copying. @returns what went wrong, or null */
  async function removeEverywhere(): Promise<string | null> {
    if (key.value === null) return null
    try {
      await copyCalls(key.value).remove()
    } catch (error) {
      if (!(error instanceof CopyTrouble && error.trouble === 'gone')) return messageOf(error)
    }
    await leave()
    return null
  }

  function take(taken: string | null): void {
    key.value = taken
    place = null
    copiedAt.value = null
    trouble.value = null
    isWaiting.value = false
  }

  /** Copies now; an exchange that is running already is over before. */
  async function now(): Promise<void> {
    clearTimeout(timer)
    const mine = running.then(() => inOneTab(copy))
    running = mine.catch(() => undefined)
    await mine
  }

  function later(delayMs: number): void {
    if (key.value === null) return
    clearTimeout(timer)
    timer = setTimeout(() => void now(), delayMs)
  }

  async function stop(): Promise<void> {
    clearTimeout(timer)
    await running
  }

  async function copy(): Promise<void> {
    const current = key.value
    if (current === null || log === null) return
    const isWanted = (): boolean => key.value === current && savedKey() === current
    try {
      place = await readPlace(current)
      copiedAt.value ??= place.copiedAt
      const here = place
      const save = async (): Promise<void> => {
        if (isWanted()) await savePlace(here)
      }
      const left = await exchange({ log, calls: copyCalls(current), place: here, save, isWanted })
      if (!isWanted()) return
      others.value = left
      here.copiedAt = Date.now()
      copiedAt.value = here.copiedAt
      trouble.value = null
      await save()
    } catch (error) {
      if (!(error instanceof CopyTrouble)) throw error
      if (isWanted()) report(error)
    } finally {
      if (isWanted()) isWaiting.value = hasUnsent()
    }
  }

  function report({ trouble: kind, message, retryAfterSeconds }: CopyTrouble): void {
    trouble.value = { kind, message }
    // Whether a copy that is gone comes back, or a full one is tidied, is seen when a page is opened or looked at again.
    if (kind !== 'offline' && kind !== 'busy') return
    const waitMs = retryAfterSeconds === null ? RETRY_MS : retryAfterSeconds * 1_000
    later(Math.min(Math.max(waitMs, 1_000), MAX_RETRY_MS))
  }

  function hasUnsent(): boolean {
    return log !== null && place !== null && unsent({ log, place }).sendable.length > 0
  }

  /** Two tabs would send the same. Browsers know such locks on HTTPS and localhost alone; without them, it is only twice the work. */
  async function inOneTab(work: () => Promise<void>): Promise<void> {
    const locks = (navigator as { locks?: LockManager }).locks
    if (locks === undefined) return work()
    await locks.request(LOCK, { ifAvailable: true }, (lock) => {
      if (lock !== null) return work()
      later(OTHER_TAB_MS)
      return undefined
    })
  }

  return { key, copiedAt, trouble, isWaiting, others, start, make, join, look, leave, removeEverywhere, now }
})

function messageOf(error: unknown): string {
  if (!(error instanceof CopyTrouble)) throw error
  if (error.trouble === 'offline') return 'The server didn’t respond. Try again once it’s back.'
  return error.trouble === 'gone' ? NOT_FOUND : error.message
}
