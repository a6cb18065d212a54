import { shown } from '../../../contract/match.ts'
import type { Exchange } from './exchange.ts'

/** One place in which two answers differ; null where one has nothing there. */
export interface Difference {
  part: 'status' | 'header' | 'body'
  name: string
  left: string | null
  right: string | null
  /** A header that differs from answer to answer, whatever was asked. */
  expected: boolean
}

const VOLATILE = new Set(['date', 'server-timing', 'traceparent', 'x-process-time', 'x-request-id', 'etag'])

/** Where two answers differ: status, headers, and JSON place by place (other bodies as a whole). */
export function differencesOf(left: Exchange, right: Exchange): { found: Difference[]; same: number } {
  const one = leavesOf(left)
  const other = leavesOf(right)
  const names = [...new Set([...one.keys(), ...other.keys()])]
  const all = names.map((key): Difference => {
    const [part, name = ''] = key.split(/ (.*)/s) as [Difference['part'], string?]
    const [a, b] = [one.get(key) ?? null, other.get(key) ?? null]
    return { part, name, left: a, right: b, expected: part === 'header' && VOLATILE.has(name) }
  })
  const found = all.filter((place) => place.left !== place.right)
  return {
    found: found.toSorted((a, b) => Number(a.expected) - Number(b.expected)),
    same: all.length - found.length,
  }
}

function leavesOf({ outcome }: Exchange): Map<string, string> {
  const leaves = new Map<string, string>()
  if (outcome.kind === 'failure') leaves.set('status ', 'no answer')
  if (outcome.kind === 'burst') addLeaves(leaves, '', outcome.report)
  if (outcome.kind !== 'answer') return leaves
  const { status, headers, json, text } = outcome.answer
  leaves.set('status ', String(status))
  for (const [name, value] of headers) leaves.set(`header ${name}`, value)
  if (json === undefined) leaves.set('body ', text)
  else addLeaves(leaves, '', json)
  return leaves
}

function addLeaves(leaves: Map<string, string>, path: string, value: unknown): void {
  const entries = value !== null && typeof value === 'object' ? Object.entries(value) : []
  if (entries.length === 0) leaves.set(`body ${path}`, shown(value))
  for (const [name, item] of entries) addLeaves(leaves, path === '' ? name : `${path}.${name}`, item)
}
