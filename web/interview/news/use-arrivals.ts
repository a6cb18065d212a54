import { onScopeDispose, watch } from 'vue'
import type { Presence } from '#contract/interview/presence.ts'
import type { Announce } from './use-announcer.ts'

/** A reload takes less: being away is announced after this time. */
const AWAY_MS = 5_000

export interface Person {
  id: string
  name: string
  presence: Presence
}

/** Announces who joins, disconnects and is back. Those who are there from the beginning aren't announced. @param people null until it is known */
export function useArrivals(people: () => readonly Person[] | null, announce: Announce): void {
  /** Who has been here, by id, and whether the last that was announced is that they are here. */
  const here = new Map<string, boolean>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  let known = false

  watch(
    people,
    (now) => {
      if (now === null) return
      for (const person of now) follow(person)
      known = true
    },
    { immediate: true },
  )
  onScopeDispose(() => timers.forEach((timer) => clearTimeout(timer)))

  function follow({ id, name, presence }: Person): void {
    if (!known) {
      if (presence.here || presence.since !== null) here.set(id, presence.here)
      return
    }
    if (!presence.here) {
      if (here.get(id) === true && !timers.has(id))
        timers.set(
          id,
          setTimeout(() => left(id, name), AWAY_MS),
        )
      return
    }
    clearTimeout(timers.get(id))
    timers.delete(id)
    const before = here.get(id)
    here.set(id, true)
    if (before === undefined) announce(`${name} has joined.`)
    else if (!before) announce(`${name} is back.`)
  }

  function left(id: string, name: string): void {
    timers.delete(id)
    here.set(id, false)
    announce(`${name} has disconnected.`)
  }
}
