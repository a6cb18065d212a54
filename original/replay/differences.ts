import type { Answer, Json } from './recording.ts'

/**
 * Every difference between `expected` and `actual`, one line each with its location; none if they are equal.
 * The order of an object's keys counts, too.
 */
export function differences(expected: Answer, actual: Answer): string[] {
  const lines: string[] = []
  compare(expected as unknown as Json, actual as unknown as Json, '', lines)
  return lines
}

function compare(expected: Json | undefined, actual: Json | undefined, place: string, lines: string[]): void {
  if (Object.is(expected, actual)) return
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const length = Math.max(expected.length, actual.length)
    for (let index = 0; index < length; index++) {
      compare(expected[index], actual[index], `${place}[${index}]`, lines)
    }
  } else if (isObject(expected) && isObject(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      compare(expected[key], actual[key], place ? `${place}.${key}` : key, lines)
    }
    if (lines.length === 0) compareOrder(expected, actual, place, lines)
  } else {
    lines.push(`${place}: expected ${show(expected)}, got ${show(actual)}`)
  }
}

/** @param place the location of two objects that are otherwise equal; headers have no order */
function compareOrder(expected: object, actual: object, place: string, lines: string[]): void {
  const [expectedKeys, actualKeys] = [Object.keys(expected).join(', '), Object.keys(actual).join(', ')]
  if (place === '' || place === 'headers' || expectedKeys === actualKeys) return
  lines.push(`${place}: expected the keys ${expectedKeys}, got ${actualKeys}`)
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function show(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
