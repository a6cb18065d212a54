import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Person, Sandbox } from '#contract/sandbox.ts'
import { login } from '../api/login.ts'
import { readSandbox, resetSandbox } from '../api/sandbox.ts'
import { SEEDED, useKnownPeople } from './known-people.ts'

/** A token is replaced this long before it expires. */
const RENEW_BEFORE_EXPIRY_SECONDS = 15

/** The sandbox's people and their tokens, which are kept in memory only. */
export const usePeopleStore = defineStore('playground-people', () => {
  const sandbox = shallowRef<Sandbox | null>(null)
  const known = useKnownPeople()
  const tokens = shallowRef<Readonly<Record<string, string>>>({})
  const expires: Record<string, number> = {}
  let opening: Promise<Sandbox> | null = null

  const people = computed(() => known.people)

  /** The sandbox, fetched once; its cookie must be set before the first request to the project. */
  async function open(): Promise<Sandbox> {
    opening ??= readSandbox().catch((error: unknown) => {
      opening = null
      throw error
    })
    sandbox.value ??= await opening
    return sandbox.value
  }

  async function reset(): Promise<void> {
    await open()
    sandbox.value = await resetSandbox()
    // Tokens of the seeded people stay valid: they get their old ids back. Other tokens would name no one, or someone new.
    const kept = Object.entries(tokens.value).filter(([key]) => SEEDED.some((person) => person.key === key))
    tokens.value = Object.fromEntries(kept)
    known.created = []
  }

  /**
   * A person's access token: the one in memory while it is valid, else a new one.
   * @param rejected a token that the server rejected and that must not be returned again
   * @throws ApiFailure when the login is refused
   */
  async function tokenFor(key: string, rejected?: string): Promise<string> {
    const stored = tokens.value[key]
    const valid = (expires[key] ?? 0) - RENEW_BEFORE_EXPIRY_SECONDS > Date.now() / 1000
    if (stored !== undefined && stored !== rejected && valid) return stored
    const fresh = await login(await find(key))
    expires[key] = fresh.expires
    tokens.value = { ...tokens.value, [key]: fresh.token }
    return fresh.token
  }

  async function find(key: string): Promise<Person> {
    const { people: seeded } = await open()
    const person =
      known.created.find(({ email }) => email === key) ??
      seeded.find(({ name }) => name.split(' ')[0]?.toLowerCase() === key)
    if (!person) throw new Error(`There is no one called ${key} in this sandbox.`)
    return person
  }

  /** Makes a person who was created by a request available as a caller. */
  function remember(person: Person): void {
    known.created = [...known.created.filter(({ email }) => email !== person.email), person]
  }

  return { sandbox, people, tokens, open, reset, tokenFor, remember }
})
