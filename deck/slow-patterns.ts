import { createContext, Script } from 'node:vm'

/** Texts of this length take microseconds, unless a pattern tries every way to divide them. */
const TIMEOUT_MS = 1_000
/** 2 to the power of 60 ways take years. */
const REPETITIONS = 60

/**
 * Regular expressions under `matches` that would never be done with some text, such as `(a+)+$`: a page or a check with it would stop. Only a
 * repeated group can do that.
 * @param value what a file of a deck has
 */
export function slowPatternsIn(value: unknown): { path: PropertyKey[]; cause: string }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]: [string, unknown]) => {
    const key = Array.isArray(value) ? Number(name) : name
    if (key === 'matches' && typeof item === 'string') {
      const cause = `the regular expression ${item} may take for ever: it repeats a group in which something is repeated, or has alternatives; say it without one of the two`
      return isSlow(item.replaceAll(/\{\{[^{}]*\}\}/g, 'x')) ? [{ path: [key], cause }] : []
    }
    return slowPatternsIn(item).map(({ path, cause }) => ({ path: [key, ...path], cause }))
  })
}

function isSlow(pattern: string): boolean {
  if (!/\)[*+{]/.test(pattern)) return false
  // A second try, since a machine may stand still for a second.
  return [1, 2].every(() => !isDoneInTime(pattern))
}

function isDoneInTime(pattern: string): boolean {
  const context = createContext({ pattern, texts: textsFor(pattern) })
  try {
    new Script('texts.map((text) => new RegExp(pattern, "u").test(text))').runInContext(context, {
      timeout: TIMEOUT_MS,
    })
    return true
  } catch (error) {
    // What isn't a regular expression is another fault. The error is of another realm, so it isn't an instance of this one's.
    return !String(error).includes('timed out')
  }
}

/** Texts that nearly match: the pattern's own characters and words, again and again, and then another one. */
function textsFor(pattern: string): string[] {
  const words = pattern.match(/[\p{L}\p{N}]{1,12}/gu) ?? []
  const units = new Set(['a', 'A', '0', ' ', ...pattern, ...words])
  return [...units].flatMap((unit) => {
    const text = unit.repeat(REPETITIONS)
    return [`${text}\u0000`, `${text}\n!`]
  })
}
