import { meaningOf } from '../status-meaning.ts'

const NUMBER_WORDS: Readonly<Record<number, string>> = {
  ...{ 0: 'no|none', 1: 'one', 2: 'two|both', 3: 'three', 4: 'four', 5: 'five', 6: 'six', 10: 'ten' },
  ...{ 15: 'fifteen', 20: 'twenty', 25: 'twenty-five', 40: 'forty', 60: 'sixty', 100: 'hundred' },
}

/** Words that tell how a handler ends, or where a function runs, by the answer. */
const TELLING: Readonly<Record<string, RegExp>> = {
  never: /refuse|says? no|no handler|never|fit|invalid|wrong/i,
  raised: /rais|fail|exception|refuse|doesn’t exist/i,
  returned: /return/i,
  threadpool: /thread|plain def|without async/i,
  'event loop': /event loop/i,
}

/**
 * Whether the words around a question give its answer away.
 * @param shown the step's title and path: what can't be hidden before it runs
 * @param burst how many requests the step sends, which may be named
 */
export function givesAway(ask: string, answer: string, shown: string, burst?: number): boolean {
  if (ask === 'status') return names(shown, answer) || names(shown, meaningOf(Number(answer)).name)
  if (ask.startsWith('calls ')) return answer === '0' && /doesn’t|without|\bno\b|\bout\b/i.test(shown)
  const telling = TELLING[answer]
  if (telling !== undefined) return telling.test(shown)
  const count = Number(answer)
  if (ask.startsWith('rows of') && count === 0 && /delete/i.test(shown)) return true
  return count !== burst && (names(shown, answer) || names(shown, NUMBER_WORDS[count] ?? answer))
}

function names(text: string, words: string): boolean {
  return new RegExp(`(?:^|[^\\w/])(${words})(?!\\w)`, 'i').test(text.replaceAll('-', ' '))
}
