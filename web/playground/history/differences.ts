import { readJsonText, sourceOf, type JsonText } from '#contract/json-text.ts'
import { entriesOf } from '../answer/json-shape.ts'
import type { Exchange } from '../run/exchange.ts'

/** One place in which two responses differ; null where one of them has nothing there. */
export interface Difference {
  part: 'status' | 'header' | 'body'
  name: string
  left: string | null
  right: string | null
  /** A header that differs between any two responses. */
  expected: boolean
}

const VOLATILE = new Set(['date', 'server-timing', 'traceparent', 'x-process-time', 'x-request-id', 'etag'])

/** `order`: names of an object's keys; only how those that both answers have are ordered is compared. */
type Place = Pick<Difference, 'part' | 'name'> & { value: string; order?: string[] }

/** Where two responses differ: status, headers, and JSON place by place, as it was written (other bodies as a whole). */
export function differencesOf(left: Exchange, right: Exchange): { found: Difference[]; same: number } {
  const one = placesOf(left)
  const other = placesOf(right)
  const keys = [...new Set([...one.keys(), ...other.keys()])]
  const all = keys.flatMap((key): Difference[] => {
    const [a, b] = [one.get(key), other.get(key)]
    const place = a ?? b
    if (!place || (place.order && sameOrder(a?.order, b?.order))) return []
    const { part, name } = place
    const expected = part === 'header' && VOLATILE.has(name)
    return [{ part, name, left: a?.value ?? null, right: b?.value ?? null, expected }]
  })
  const found = all.filter((place) => place.left !== place.right)
  return {
    found: found.sort((a, b) => Number(a.expected) - Number(b.expected)),
    same: all.length - found.length,
  }
}

function sameOrder(one: readonly string[] = [], other: readonly string[] = []): boolean {
  const common = (names: readonly string[], others: readonly string[]) =>
    JSON.stringify(names.filter((name) => others.includes(name)))
  return common(one, other) === common(other, one)
}

/** By a key that is unique to each place, whatever its name contains. */
function placesOf({ outcome }: Exchange): Map<string, Place> {
  const places = new Map<string, Place>()
  const add = (place: Place, ...path: string[]) => places.set(JSON.stringify([place.part, ...path]), place)
  const addBody = (root: JsonText | null) => {
    if (root)
      addPlaces(root, [], [], (place, path, names) =>
        add({ part: 'body', name: names.join('.'), ...place }, ...path),
      )
  }
  if (outcome.kind === 'failure') add({ part: 'status', name: '', value: 'no response' })
  if (outcome.kind === 'burst') addBody(readJsonText(JSON.stringify(outcome.report)))
  if (outcome.kind !== 'answer') return places
  const { status, headers, json, text } = outcome.answer
  add({ part: 'status', name: '', value: String(status) })
  for (const [name, value] of headers) add({ part: 'header', name, value }, name)
  const tree = json === undefined ? null : readJsonText(text)
  if (tree) addBody(tree)
  else add({ part: 'body', name: '', value: text })
  return places
}

/** @param path distinguishes places of the same name: the index in a list, and which of several equal keys it is */
function addPlaces(
  value: JsonText,
  path: readonly string[],
  names: readonly string[],
  add: (place: Pick<Place, 'value' | 'order'>, path: readonly string[], names: readonly string[]) => void,
): void {
  const entries = entriesOf(value) ?? []
  if (entries.length === 0) return add({ value: sourceOf(value) }, path, names)
  const order = entries.map(([name]) => name)
  if (value.kind === 'object' && order.length > 1)
    add({ value: order.join(', '), order }, [...path, 'order'], [...names, 'key order'])
  const seen = new Map<string, number>()
  for (const [name, item] of entries) {
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    const shown = before > 0 ? `${name} (${before + 1})` : name
    addPlaces(item, [...path, `${before} ${name}`], [...names, shown], add)
  }
}
