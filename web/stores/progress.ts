import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { isRecord, onStored, readStored, writeStored } from './stored.ts'

/** Where lessons keep what was read, proved and ticked. The study log takes it over, and brings what other devices marked. */
export const PROGRESS_KEY = 'viva:progress'

/** What a learner has done: ids of confirmed claims, and texts of ticked key points, by the lesson's slug. */
export interface Progress {
  version: 1
  /** A lesson that was read has a list, if an empty one. */
  held: Record<string, string[]>
  named: Record<string, string[]>
  /** Its step has an id, or, before steps had addresses by id, a number; 1 is the first one, whichever it is. */
  last: { slug: string; step: string | number } | null
}

const nothing: Progress = { version: 1, held: {}, named: {}, last: null }

/** Progress from a stored value. Anything that doesn't have the right shape is left out. */
export function parseProgress(stored: unknown): Progress {
  if (!isRecord(stored) || stored.version !== 1) return nothing
  const { last } = stored
  const isPlace =
    isRecord(last) &&
    typeof last.slug === 'string' &&
    (Number.isInteger(last.step) || typeof last.step === 'string')
  return {
    version: 1,
    held: lists(stored.held),
    named: lists(stored.named),
    last: isPlace ? (last as unknown as Progress['last']) : null,
  }
}

function lists(value: unknown): Record<string, string[]> {
  if (!isRecord(value)) return {}
  const entries = Object.entries(value).map(([slug, list]) => [
    slug,
    Array.isArray(list) ? [...new Set(list.filter((item) => typeof item === 'string'))] : [],
  ])
  return Object.fromEntries(entries) as Record<string, string[]>
}

/** A learner's progress, stored in this browser and shared by its tabs. Empty until `open` was called. */
export const useProgressStore = defineStore('progress', () => {
  const progress = shallowRef<Progress>(nothing)
  let opened = false

  /** Reads the stored progress. Called once the page is mounted, so that hydration matches the prerendered HTML. */
  function open(): void {
    progress.value = parseProgress(readStored(PROGRESS_KEY))
    if (opened) return
    opened = true
    onStored(PROGRESS_KEY, open)
  }

  /** Applies a change to what is stored now, because another tab may have written since. */
  function change(change: (before: Progress) => Progress): void {
    progress.value = change(parseProgress(readStored(PROGRESS_KEY)))
    writeStored(PROGRESS_KEY, progress.value)
  }

  function claimHeld(slug: string, claim: string): void {
    if (!heldClaims(slug).includes(claim))
      change((before) => ({
        ...before,
        held: { ...before.held, [slug]: [...(before.held[slug] ?? []), claim] },
      }))
  }

  function namePoint(slug: string, point: string, named: boolean): void {
    change((before) => {
      const others = (before.named[slug] ?? []).filter((other) => other !== point)
      return { ...before, named: { ...before.named, [slug]: named ? [...others, point] : others } }
    })
  }

  function visit(slug: string, step: string | number): void {
    change((before) => ({ ...before, held: { [slug]: [], ...before.held }, last: { slug, step } }))
  }

  function forget(): void {
    change(() => nothing)
  }

  function heldClaims(slug: string): string[] {
    return progress.value.held[slug] ?? []
  }

  function namedPoints(slug: string): string[] {
    return progress.value.named[slug] ?? []
  }

  return { progress, open, claimHeld, namePoint, visit, forget, heldClaims, namedPoints }
})
