import type { Step } from '../lesson.ts'
import { meaningOf } from '../status-meaning.ts'
import type { Choice } from './prediction.ts'

/** Distractors that a deck of this project makes plausible anywhere. */
const THREADS = 40
const CONNECTIONS_OF_A_BROWSER = 6
/** Users of a fresh sandbox. */
export const SEEDED_ROWS = 3
const MAX_CHOICES = 4

/** What each status is commonly taken for, the most common first. */
const MISTAKEN: Readonly<Record<number, readonly number[]>> = {
  200: [201, 401],
  201: [200, 409],
  204: [200, 404],
  307: [404, 405],
  400: [422, 409],
  401: [403, 422],
  403: [401, 404],
  404: [422, 400],
  405: [404, 403],
  409: [400, 422],
  415: [422, 400],
  422: [400, 500],
  500: [400, 404],
}

/**
 * The status and what it is commonly taken for, by the status itself and by the nature of the request.
 * @param mistaken statuses that this step is taken for: they come first
 */
export function statusChoices(
  step: Step,
  answer: number,
  seed: string,
  mistaken: readonly number[] = [],
): Choice[] {
  const others = [...mistaken, ...(MISTAKEN[answer] ?? []), ...byNature(step), 200, 404, 500]
  const statuses = firstDistinct([answer, ...others], MAX_CHOICES)
  return shuffled(
    statuses.map((status) => ({ value: String(status), label: `${status} ${meaningOf(status).name}` })),
    seed,
  )
}

/** Statuses that someone expects who looks at one part of the request alone. */
function byNature({ as, method, path, headers, json, form, text }: Step): number[] {
  const isSigned = as !== 'nobody' || Object.keys(headers).some((name) => /^authorization$/i.test(name))
  const namesRow = /\/(\d+|\{\{\w+\}\})(\/|\?|$)/.test(path)
  return [
    ...(isSigned ? [] : [401]),
    ...(isSigned && namesRow && method !== 'GET' ? [403] : []),
    ...(method === 'POST' && json !== undefined ? [201] : []),
    ...(form !== undefined || text !== undefined ? [415] : []),
    ...(method === 'DELETE' ? [204] : []),
    ...(namesRow ? [404] : []),
    ...(json === undefined && form === undefined && text === undefined ? [] : [422]),
  ]
}

/** All rows of a table: the same numbers for every step of a fresh sandbox, so that the set gives nothing away. */
export function rowChoices(answer: number): Choice[] {
  const first = Math.max(0, Math.min(SEEDED_ROWS - 1, answer))
  return numbers(range(answer > first + 3 ? answer - 2 : first, MAX_CHOICES))
}

/** Rows that match something unique: usually none or one. */
export function matchChoices(answer: number): Choice[] {
  return numbers(range(answer > 2 ? answer - 2 : 0, 3))
}

/** A number anywhere among its neighbours. @param min the smallest number that is possible */
export function nearbyChoices(answer: number, min: number, seed: string): Choice[] {
  const first = Math.max(min, answer - (hash(seed) % MAX_CHOICES))
  return numbers(range(first, MAX_CHOICES))
}

/** How many of the handlers of a burst run at once. */
export function peakChoices(answer: number, burst: number): Choice[] {
  return ofBurst([answer, 1, burst, THREADS, CONNECTIONS_OF_A_BROWSER, Math.ceil(burst / 2)], burst)
}

/** How many requests of a burst succeed. */
export function successChoices(answer: number, burst: number): Choice[] {
  return ofBurst([answer, burst, burst - answer, 1, 0, Math.ceil(burst / 2)], burst)
}

function ofBurst(counts: readonly number[], burst: number): Choice[] {
  const possible = counts.filter((count) => count <= burst)
  return numbers(firstDistinct(possible, MAX_CHOICES).sort((a, b) => a - b))
}

/** Words have no order of their own, so a step has its own: it is the same each time, and each place is as likely. */
export function shuffled(choices: readonly Choice[], seed: string): Choice[] {
  return choices
    .map((choice) => ({ choice, rank: hash(`${seed} ${choice.value}`) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ choice }) => choice)
}

function numbers(values: readonly number[]): Choice[] {
  return values.map((value) => ({ value: String(value), label: String(value) }))
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index)
}

function firstDistinct(values: readonly number[], count: number): number[] {
  return [...new Set(values)].slice(0, count)
}

/** FNV-1a, 32 bits, with its last bits spread over all: the same text always gets the same number. */
export function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193)
  sum = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d)
  return (sum ^ (sum >>> 13)) >>> 0
}
