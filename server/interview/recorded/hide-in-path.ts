import { HIDDEN } from '#contract/trace.ts'
import { hideInPairs } from './hide-in-pairs.ts'
import { type Secrets } from './secrets.ts'

export interface PathOptions {
  /** Query parameters whose values are recorded. */
  names: ReadonlySet<string>
  secrets: Secrets
}

/** A path with its query, without anything but numbers, plain words and the values of known parameters. */
export function hideInPath(url: string, { names, secrets }: PathOptions): string {
  const [path = '', ...query] = url.split('?')
  const segments = path.split('/').map((segment) => (isRecorded(segment, secrets) ? segment : HIDDEN))
  const rest = query.length === 0 ? '' : `?${hideInPairs(query.join('?'), { names, secrets })}`
  return segments.join('/') + rest
}

function isRecorded(segment: string, secrets: Secrets): boolean {
  const isWord = /^[A-Za-z]{0,20}([._-][A-Za-z]{1,20}){0,2}$/.test(segment)
  const isNumber = /^(%20|[-+.,\d]|[eE](?=\d)){1,40}$/.test(segment)
  return (isWord || isNumber) && !secrets.in(segment)
}
