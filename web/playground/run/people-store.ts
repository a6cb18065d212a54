import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Person, Sandbox } from '#contract/sandbox.ts'

/** Who can call: a seeded person by first name, or one whom a step created by email. */
export interface KnownPerson {
  key: string
  name: string
}

/** Shown before the sandbox has been asked, which happens with the first send. */
const SEEDED: readonly KnownPerson[] = [
  { key: 'ada', name: 'Ada Lovelace' },
  { key: 'grace', name: 'Grace Hopper' },
  { key: 'alan', name: 'Alan Turing' },
]

/** Seconds before its end at which a token is fetched anew. */
const MARGIN = 15

/** The sandbox's people and their tokens, which are kept in memory only. */
export const usePeopleStore = defineStore('playground-people', () => {
  const sandbox = shallowRef<Sandbox | null>(null)
  const created = shallowRef<Person[]>([])
  const tokens = shallowRef<Readonly<Record<string, string>>>({})
  const expires: Record<string, number> = {}
  let opening: Promise<Sandbox> | null = null

  const people = computed<KnownPerson[]>(() => [
    ...SEEDED,
    ...created.value.map(({ email, name }) => ({ key: email, name })),
  ])

  /** The sandbox, asked for once; its cookie must be there before the first request to the project. */
  async function open(): Promise<Sandbox> {
    opening ??= fetchSandbox('read').catch((error: unknown) => {
      opening = null
      throw error
    })
    sandbox.value ??= await opening
    return sandbox.value
  }

  async function reset(): Promise<void> {
    await open()
    sandbox.value = await fetchSandbox('reset')
    // Tokens of the seeded people stay good: they have their old ids again. The others' would name nobody, or someone new.
    const kept = Object.entries(tokens.value).filter(([key]) => SEEDED.some((person) => person.key === key))
    tokens.value = Object.fromEntries(kept)
    created.value = []
  }

  /**
   * A person's access token: the one in memory while it is good, else a new one.
   * @param refused a token that the server turned down and that must not be given again
   * @throws ApiFailure when the login is refused
   */
  async function tokenFor(key: string, refused?: string): Promise<string> {
    const held = tokens.value[key]
    const fresh = (expires[key] ?? 0) - MARGIN > Date.now() / 1000
    if (held !== undefined && held !== refused && fresh) return held
    const { login } = await import('../api/login.ts')
    const made = await login(await find(key))
    expires[key] = made.expires
    tokens.value = { ...tokens.value, [key]: made.token }
    return made.token
  }

  async function find(key: string): Promise<Person> {
    const { people: seeded } = await open()
    const person =
      created.value.find(({ email }) => email === key) ??
      seeded.find(({ name }) => name.split(' ')[0]?.toLowerCase() === key)
    if (!person) throw new Error(`There is no one called ${key} in this sandbox.`)
    return person
  }

  /** Makes someone whom a request created a caller too. */
  function remember(person: Person): void {
    created.value = [...created.value.filter(({ email }) => email !== person.email), person]
  }

  return { sandbox, people, tokens, open, reset, tokenFor, remember }
})

/** The code that asks comes with the first request, not with the page. */
async function fetchSandbox(what: 'read' | 'reset'): Promise<Sandbox> {
  const { readSandbox, resetSandbox } = await import('../api/sandbox.ts')
  return what === 'read' ? readSandbox() : resetSandbox()
}
