import { HIDDEN } from '#contract/trace.ts'
import { recordedName, type Secrets } from './secrets.ts'

/** A pair inside a value, as after a second question mark in a query: the value has a name of its own. */
const HAS_PAIRS = /[=?&]/

export interface PairsOptions {
  /** Names whose values are recorded. */
  names: ReadonlySet<string>
  secrets: Secrets
}

/** A query or a form as it was sent, without the value of any name that isn't known. A word without `=` is hidden. */
export function hideInPairs(text: string, { names, secrets }: PairsOptions): string {
  return text
    .split('&')
    .map((pair) => {
      if (pair === '') return ''
      const equals = pair.indexOf('=')
      if (equals < 0) return hidden(pair)
      const [name, value] = [decoded(pair.slice(0, equals)), pair.slice(equals + 1)]
      if (value === '') return `${recordedName(name)}=`
      const isKept = names.has(name) && !HAS_PAIRS.test(decoded(value)) && !secrets.in(decoded(value))
      return `${recordedName(name)}=${isKept ? value : hidden(value)}`
    })
    .join('&')

  function hidden(value: string): string {
    secrets.add(value)
    secrets.add(decoded(value))
    return HIDDEN
  }
}

/** As a form is decoded: what isn't percent-encoded rightly stays as it is. */
function decoded(text: string): string {
  const [[name = ''] = []] = [
    ...new URLSearchParams(`${text.replaceAll('=', '%3D').replaceAll('&', '%26')}=`),
  ]
  return name
}
