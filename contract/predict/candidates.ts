import type { Claim, StoreExpectation } from '../claim.ts'
import { rowsSubject } from '../evaluate.ts'
import type { Step } from '../lesson.ts'
import { variablesIn } from '../variables.ts'
import { agreed, wholeNumber } from './agreed.ts'
import {
  matchChoices,
  nearbyChoices,
  peakChoices,
  rowChoices,
  SEEDED_ROWS,
  statusChoices,
  successChoices,
} from './choices.ts'
import type { Prediction } from './prediction.ts'

/**
 * What can be asked about the response of a step and the rows that it leaves.
 * @param mistaken statuses that have to be among the choices
 */
export function responseCandidates(step: Step, seed: string, mistaken: readonly number[]): Prediction[] {
  return [...ofStatus(step, seed, mistaken), ...ofProblems(step.claims, seed), ...ofRows(step)]
}

function ofStatus(step: Step, seed: string, mistaken: readonly number[]): Prediction[] {
  const found = agreed(step.claims, ({ expect }) => [expect.status])
  // That reading something works is no question.
  if (found === null || (found.value === 200 && step.method === 'GET')) return []
  return [
    {
      ask: 'status',
      question: 'Which status does it get?',
      choices: statusChoices(step, found.value, seed, mistaken),
      answer: String(found.value),
      claim: found.claim,
    },
  ]
}

function ofProblems(claims: readonly Claim[], seed: string): Prediction[] {
  const isRefusal = agreed(claims, ({ expect }) => [expect.status])?.value === 422
  const found = agreed(claims, ({ expect }) =>
    (expect.json ?? []).filter(({ path }) => path === 'detail').map(({ length }) => wholeNumber(length)),
  )
  if (!isRefusal || found === null || found.value === 0) return []
  return [
    {
      ask: 'problems',
      question: 'How many problems does the response list?',
      choices: nearbyChoices(found.value, 1, seed),
      answer: String(found.value),
      claim: found.claim,
    },
  ]
}

function ofRows(step: Step): Prediction[] {
  return step.claims.flatMap(({ id, expect }) =>
    (expect.store ?? []).flatMap((want): Prediction[] => {
      const count = wholeNumber(want.count?.equals)
      if (count === undefined || variablesIn(want).length > 0) return []
      const question =
        Object.keys(want.where ?? {}).length > 0 ? matchQuestion(step, want) : tableQuestion(step, want)
      if (question === null) return []
      const choices = want.where === undefined ? rowChoices(count) : matchChoices(count)
      return [{ ask: rowsSubject(want), question, choices, answer: String(count), claim: id }]
    }),
  )
}

/** Without knowing what there was before, no one can tell. */
function tableQuestion({ fresh, after }: Step, { table }: StoreExpectation): string | null {
  if (fresh) return `The table \`${table}\` has ${SEEDED_ROWS} rows. How many are there afterwards?`
  return after.length > 0 ? `How many rows does the table \`${table}\` have afterwards?` : null
}

/** Only about rows that the request itself names. */
function matchQuestion(step: Step, { where = {} }: StoreExpectation): string | null {
  const { path, json, form, text } = step
  const sent = JSON.stringify([path, json, form, text])
  const isNamed = Object.values(where).every((value) => sent.includes(String(value)))
  const columns = Object.entries(where).map(([column, value]) => `\`${column} = ${JSON.stringify(value)}\``)
  return isNamed ? `How many rows with ${columns.join(' and ')} are there afterwards?` : null
}

/** What can be asked about a step that sends its request many times at once. */
export function burstCandidates(claims: readonly Claim[], burst: number): Prediction[] {
  const peak = agreed(claims, ({ expect }) => [wholeNumber(expect.burst?.peak?.equals)])
  const succeeded = agreed(claims, ({ expect }) => [wholeNumber(expect.burst?.succeeded?.equals)])
  const found: Prediction[] = []
  if (peak !== null)
    found.push({
      ask: 'handlers running at once',
      question: `How many of the ${burst} handlers run at once, at most?`,
      choices: peakChoices(peak.value, burst),
      answer: String(peak.value),
      claim: peak.claim,
    })
  if (succeeded !== null && succeeded.value < burst)
    found.push({
      ask: 'responses with status 200',
      question: `How many of the ${burst} requests get a 200?`,
      choices: successChoices(succeeded.value, burst),
      answer: String(succeeded.value),
      claim: succeeded.claim,
    })
  return found
}
