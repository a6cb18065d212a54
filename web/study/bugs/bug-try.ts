import { shallowRef } from 'vue'
import { isRecord, readStored, removeStored, storedKeys, writeStored } from '../../stores/stored.ts'

/** A try at a bug, which goes on after a reload, as its edits do. */
export interface BugTry {
  /** How often the checks ran with edits, and how many hints were shown. */
  runs: number
  hints: number
  /** Ids of the misconceptions behind its near misses. */
  misconceptions: readonly string[]
  /** How it ended; it is recorded then, and nothing after it counts. */
  ended: 'fixed' | 'solution seen' | 'given up' | null
}

const TRY_PREFIX = 'viva:bug-try:'
const FILES_PREFIX = 'viva:bug-files:'
const NEW_TRY: BugTry = { runs: 0, hints: 0, misconceptions: [], ended: null }

/** Where a bug's edited files are kept in the browser. @param key as `taskKey` makes it */
export function bugFilesKey(key: string): string {
  return FILES_PREFIX + key
}

/** The try at a bug that this browser keeps, until it is started again. @param key as `taskKey` makes it */
export function useBugTry(key: string) {
  const current = shallowRef(readTry(key))

  function update(changes: Partial<BugTry>): void {
    current.value = { ...current.value, ...changes }
    writeStored(TRY_PREFIX + key, current.value)
  }

  function restart(): void {
    current.value = NEW_TRY
    removeStored(TRY_PREFIX + key)
  }

  return { current, update, restart }
}

/** Whether this browser keeps a try at a bug. */
export function isBegun(key: string): boolean {
  return readStored(TRY_PREFIX + key) !== undefined
}

/** Forgets all tries at bugs, with their edits. */
export function forgetBugs(): void {
  for (const prefix of [TRY_PREFIX, FILES_PREFIX]) storedKeys(prefix).forEach(removeStored)
}

function readTry(key: string): BugTry {
  const stored = readStored(TRY_PREFIX + key)
  if (!isRecord(stored)) return NEW_TRY
  const { runs, hints, misconceptions, ended } = stored
  const count = (value: unknown): number => (Number.isInteger(value) ? Math.max(0, Number(value)) : 0)
  return {
    ...{ runs: count(runs), hints: count(hints) },
    misconceptions: Array.isArray(misconceptions) ? misconceptions.map(String) : [],
    ended: ENDS.find((end) => end === ended) ?? null,
  }
}

const ENDS = ['fixed', 'solution seen', 'given up'] as const
