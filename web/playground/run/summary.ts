import { meaningOf } from '#contract/status-meaning.ts'
import type { Exchange } from './exchange.ts'

const NOT_CHECKED = 'Claims not checked: the server was busy.'

/** An exchange in one line: `201 Created, 3 of 3 claims confirmed`. */
export function summaryOf({ outcome, claims, edited, unchecked }: Exchange): string {
  if (outcome.kind === 'failure') {
    return outcome.busy === true ? `${outcome.message} ${NOT_CHECKED}` : outcome.message
  }
  const result =
    outcome.kind === 'burst'
      ? `${outcome.report.n} responses, at most ${outcome.report.peak} at once`
      : `${outcome.answer.status} ${meaningOf(outcome.answer.status).name}`
  if (edited) return `${result}. The request was edited, so the step’s claims were not checked.`
  if (unchecked === true) return `${result}. ${NOT_CHECKED}`
  if (claims.length === 0) return result
  const held = claims.filter((claim) => claim.held).length
  return `${result}, ${held} of ${claims.length} claims confirmed`
}

/**
 * A run of all steps in one line.
 * @param ran the last exchange of each step that ran, by the step's id
 * @param steps how many steps the lesson has
 */
export function summaryOfRun(ran: ReadonlyMap<string, Exchange>, steps: number): string {
  const exchanges = [...ran.values()]
  const unstarted = exchanges.filter(
    ({ outcome }) => outcome.kind === 'failure' && outcome.busy === true,
  ).length
  const claims = exchanges.flatMap((exchange) => exchange.claims)
  const held = claims.filter((claim) => claim.held).length
  const count = ran.size - unstarted
  const summary = `${count === steps ? 'All' : `${count} of`} ${steps} steps ran, ${held} of ${claims.length} claims confirmed.`
  const unchecked = unstarted > 0 || exchanges.some((exchange) => exchange.unchecked === true)
  return unchecked ? `${summary} The other claims were not checked: the server was busy.` : summary
}
