import { HIDDEN } from '#contract/trace.ts'

/** Shorter ones would hide letters of everything else. */
const MIN_SECRET_CHARACTERS = 6

/** With more hidden values than a person sends, comparing each would take long: then nothing is recorded but names. */
const MAX_SECRETS = 50

const TOKEN = /\beyJ[\w-]*\.[\w-]*\.?[\w-]*/

/** The hidden values of one request: none of them may stand anywhere else in what is recorded of it. */
export class Secrets {
  readonly #values = new Set<string>()

  add(value: string): void {
    if (value.length >= MIN_SECRET_CHARACTERS) this.#values.add(value)
  }

  /** Whether a text has a hidden value in it, or what looks like a token. */
  in(text: string): boolean {
    if (this.#values.size > MAX_SECRETS) return true
    return TOKEN.test(text) || [...this.#values].some((value) => text.includes(value))
  }
}

/** A name as it is recorded: what doesn't look like one may be a secret at the wrong place. */
export function recordedName(name: string): string {
  return /^[A-Za-z_][\w.[\]-]{0,39}$/.test(name) ? name : HIDDEN
}
