import { HIDDEN } from '#contract/trace.ts'

/** A shorter secret would also match by chance in other values. */
const MIN_SECRET_CHARACTERS = 6

/** With more hidden values than a person would send, comparing takes too long: then only names are recorded. */
const MAX_SECRETS = 50

const TOKEN = /\beyJ[\w-]*\.[\w-]*\.?[\w-]*/

/** The hidden values of one request: none of them may appear anywhere in its recording. */
export class Secrets {
  readonly #values = new Set<string>()

  add(value: string): void {
    if (value.length >= MIN_SECRET_CHARACTERS) this.#values.add(value)
  }

  get isEmpty(): boolean {
    return this.#values.size === 0
  }

  /** Whether a text contains a hidden value, or something that looks like a token. */
  in(text: string): boolean {
    if (this.#values.size > MAX_SECRETS) return true
    return TOKEN.test(text) || [...this.#values].some((value) => text.includes(value))
  }
}

/** A name as it is recorded: one that doesn't look like a name may be a secret in the wrong place. */
export function recordedName(name: string): string {
  return /^[A-Za-z_][\w.[\]-]{0,39}$/.test(name) ? name : HIDDEN
}
