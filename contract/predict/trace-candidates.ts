import type { Claim } from '../claim.ts'
import type { Step } from '../lesson.ts'
import { FRAMEWORK_STEPS } from '../step-names.ts'
import { CALLS, FATES, PLACES } from './actual.ts'
import { agreed, wholeNumber } from './agreed.ts'
import { nearbyChoices, shuffled } from './choices.ts'
import type { Prediction } from './prediction.ts'

/** What can be asked about what ran inside: the handler's fate and place, calls of other functions, SQL statements. */
export function traceCandidates({ claims }: Step, handlers: ReadonlySet<string>, seed: string): Prediction[] {
  return namesIn(claims).flatMap((name) => {
    if (handlers.has(name)) return ofHandler(claims, name, seed)
    if (name.startsWith('models.')) return ofStatements(claims, name, seed)
    return name in FRAMEWORK_STEPS || name.startsWith('schemas.') ? [] : ofCalls(claims, name, seed)
  })
}

function namesIn(claims: readonly Claim[]): string[] {
  const names = claims.flatMap(({ expect }) => (expect.trace ?? []).map(({ step }) => step))
  return [...new Set(names)]
}

/** What claims expect of the steps of one name, the start-up's aside. */
function wantedOf({ expect }: Claim, name: string) {
  return (expect.trace ?? []).filter(({ step, startUp }) => step === name && startUp === undefined)
}

function countOf(claims: readonly Claim[], name: string) {
  return agreed(claims, (claim) => wantedOf(claim, name).map(({ count }) => wholeNumber(count?.equals)))
}

const functionOf = (name: string): string => `\`${name.split('.').at(-1) ?? name}\``

function ofHandler(claims: readonly Claim[], name: string, seed: string): Prediction[] {
  const never = countOf(claims, name)
  const verdict = agreed(claims, (claim) => wantedOf(claim, name).map((wanted) => wanted.verdict))
  const place = agreed(claims, (claim) =>
    wantedOf(claim, name).flatMap(({ detail = [] }) =>
      detail.filter(({ path }) => path === 'ranIn').map(({ equals }) => equals),
    ),
  )
  const fate = {
    ask: `handler ${name}`,
    question: `What becomes of the handler ${functionOf(name)}?`,
    choices: shuffled(FATES, seed),
  }
  const found: Prediction[] = []
  if (never?.value === 0) found.push({ ...fate, answer: 'never', claim: never.claim })
  else if (verdict?.value === 'refused') found.push({ ...fate, answer: 'raised', claim: verdict.claim })
  if (typeof place?.value === 'string')
    found.push({
      ask: `trace: ${name}: ranIn`,
      question: `Where does ${functionOf(name)} run?`,
      choices: shuffled(PLACES, seed),
      answer: place.value,
      claim: place.claim,
    })
  return found
}

/** A generator such as `get_db` has two steps for one call, so only never and once can be told. */
function ofCalls(claims: readonly Claim[], name: string, seed: string): Prediction[] {
  const count = countOf(claims, name)
  if (count === null || count.value > 1) return []
  return [
    {
      ask: `calls ${name}`,
      question: `How often is ${functionOf(name)} called?`,
      choices: shuffled(CALLS, seed),
      answer: String(count.value),
      claim: count.claim,
    },
  ]
}

function ofStatements(claims: readonly Claim[], name: string, seed: string): Prediction[] {
  const count = countOf(claims, name)
  if (count === null) return []
  return [
    {
      ask: `trace: ${name}, count`,
      question: 'How many SQL statements are sent, not counting COMMIT and ROLLBACK?',
      choices: nearbyChoices(count.value, 0, seed),
      answer: String(count.value),
      claim: count.claim,
    },
  ]
}
