import { meaningOf } from '../answer/status-meaning.ts'
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
