import {
  BurstExpectation,
  Claim,
  Expectation,
  HeaderExpectation,
  JsonExpectation,
  StoreExpectation,
  TraceExpectation,
} from '#contract/claim.ts'
import { CodeReference, DatedWords, NotShown, Reworded, Source, Step, Term } from '#contract/lesson.ts'

/** What stands under a key, for the keys that authors nest. */
const UNDER = {
  steps: Step,
  claims: Claim,
  expect: Expectation,
  header: HeaderExpectation,
  json: JsonExpectation,
  trace: TraceExpectation,
  store: StoreExpectation,
  burst: BurstExpectation,
  sources: Source,
  code: CodeReference,
  dated: DatedWords,
  notShown: NotShown,
  reworded: Reworded,
  terms: Term,
}

/** Where a key belongs, in words: ` under "expect"`; nothing for one that belongs to no list or part. */
export function placesOfKey(key: string): string {
  const parents = Object.entries(UNDER).flatMap(([parent, { shape }]) =>
    key in shape ? [`"${parent}"`] : [],
  )
  const last = parents.pop()
  if (last === undefined) return ''
  return ` under ${parents.length === 0 ? last : `${parents.join(', ')} or ${last}`}`
}
