import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Person } from '#contract/sandbox.ts'

/** A possible caller: a seeded person, by first name, or one created by a step, by email. */
export interface KnownPerson {
  key: string
  name: string
}

/** Shown until the sandbox is loaded, which the first send does. */
export const SEEDED: readonly KnownPerson[] = [
  { key: 'ada', name: 'Ada Lovelace' },
  { key: 'grace', name: 'Grace Hopper' },
  { key: 'alan', name: 'Alan Turing' },
]

/** Who can be chosen as the caller. Their passwords and tokens are in `people-store.ts`, which comes with the first request. */
export const useKnownPeople = defineStore('playground-known-people', () => {
  const created = shallowRef<Person[]>([])
  const people = computed<KnownPerson[]>(() => [
    ...SEEDED,
    ...created.value.map(({ email, name }) => ({ key: email, name })),
  ])

  return { created, people }
})
