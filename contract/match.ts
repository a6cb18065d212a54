import type { JsonPath, Matcher } from './claim.ts'
import { matchesRegex, regexFault } from './regex.ts'

/** One comparison of an expectation with the evidence, each part as text for the screen. */
export interface Check {
  subject: string
  expected: string
  actual: string
  ok: boolean
}

/** Stands for a missing value, which is not the same as `null`. */
export const ABSENT = Symbol('absent')

/**
 * The value at a path of JSON, or `ABSENT`. Segments of lists are numbers from 0; `-1` is the last.
 */
export function valueAt(root: unknown, path: JsonPath): unknown {
  const segments = typeof path === 'string' ? path.split('.').filter((part) => part !== '') : path
  let value: unknown = root === undefined ? ABSENT : root
  for (const segment of segments) {
    if (Array.isArray(value)) value = value.at(Number(segment))
    else if (isObject(value) && Object.hasOwn(value, segment)) value = value[segment]
    else return ABSENT
    if (value === undefined) return ABSENT
  }
  return value
}

/** A path as it is shown: `detail.0.type`. */
export function pathText(path: JsonPath): string {
  const text = typeof path === 'string' ? path : path.join(' › ')
  return text === '' ? 'the whole value' : text
}

/** A value as it is shown in a check, on one line. */
export function valueText(value: unknown): string {
  if (value === ABSENT || value === undefined) return 'absent'
  const text = JSON.stringify(value) ?? String(value)
  return truncated(text)
}

/** A text cut to at most 200 characters. */
export function truncated(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}

/**
 * Checks one value against the rules of a matcher.
 * @returns one check per rule, in the order in which the rules are written
 */
export function match(subject: string, value: unknown, rules: Matcher): Check[] {
  return Object.entries(rules)
    .filter(([rule, want]) => want !== undefined && rule in RULES)
    .map(([rule, want]) => {
      const { label, holds } = RULES[rule as keyof Matcher]
      const fault = rule === 'matches' ? regexFault(String(want)) : null
      if (fault !== null) return { subject, expected: label(want), actual: fault, ok: false }
      return { subject, expected: label(want), actual: valueText(value), ok: holds(value, want) }
    })
}

interface Rule {
  label: (want: unknown) => string
  holds: (value: unknown, want: unknown) => boolean
}

const RULES: Record<keyof Matcher, Rule> = {
  equals: { label: (want) => valueText(want), holds: sameJson },
  not: {
    label: (want) => `something other than ${valueText(want)}`,
    holds: (value, want) => value !== ABSENT && !sameJson(value, want),
  },
  contains: { label: (want) => `contains ${valueText(want)}`, holds: contains },
  lacks: {
    label: (want) => `does not contain ${valueText(want)}`,
    holds: (value, want) => value !== ABSENT && !contains(value, want),
  },
  matches: {
    label: (want) => `matches /${String(want)}/`,
    holds: (value, want) => typeof value === 'string' && matchesRegex(value, String(want)),
  },
  exists: {
    label: (want) => (want ? 'present' : 'absent'),
    holds: (value, want) => (value !== ABSENT) === want,
  },
  length: {
    label: (want) => `length ${valueText(want)}`,
    holds: (value, want) => sizeOf(value) === want,
  },
  type: { label: (want) => `type ${String(want)}`, holds: (value, want) => typeOf(value) === want },
  atLeast: {
    label: (want) => `at least ${valueText(want)}`,
    holds: (value, want) => typeof value === 'number' && value >= Number(want),
  },
  atMost: {
    label: (want) => `at most ${valueText(want)}`,
    holds: (value, want) => typeof value === 'number' && value <= Number(want),
  },
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function contains(value: unknown, want: unknown): boolean {
  if (typeof value === 'string') return value.includes(String(want))
  if (Array.isArray(value)) return value.some((item) => sameJson(item, want))
  return isObject(value) && Object.hasOwn(value, String(want))
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return [...value].length
  if (Array.isArray(value)) return value.length
  return isObject(value) ? Object.keys(value).length : -1
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  return value === ABSENT ? 'absent' : typeof value
}

function sameJson(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameJson(item, right[index]))
  }
  if (isObject(left) && isObject(right)) {
    const keys = Object.keys(left)
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
    )
  }
  return left === right
}
