import { quoteName, type ReportQuote, type SharedQuote } from '#contract/interview/evidence.ts'
import type { RecordedRequest } from '#contract/interview/recorded-request.ts'
import type { Scorecard } from '#contract/interview/scorecard.ts'

/** One interviewer's quotes for one question. @param written the whole answer as it is now */
export function reportQuotes(card: Scorecard, question: string, written: string): ReportQuote[] {
  return card.quotes.flatMap(({ id, question: of, target, source }): ReportQuote[] => {
    const moment = card.times[question]?.[quoteName(id)]
    if (of !== question || moment === undefined) return []
    const stands = source.kind === 'request' || written.includes(source.words)
    return [{ id, target, source, moment, stands }]
  })
}

/** The quotes for one key point, as the candidate gets them: what they wrote and sent, and nothing of how or when it was judged. */
export function sharedQuotes(
  card: Scorecard,
  question: string,
  keyPoint: number,
  requests: readonly RecordedRequest[],
): SharedQuote[] {
  return card.quotes.flatMap(({ question: of, target, source }): SharedQuote[] => {
    if (of !== question || target.kind !== 'key-point' || target.index !== keyPoint) return []
    if (source.kind === 'answer') return [{ kind: 'answer', text: source.words }]
    const request = requests.find(({ id }) => id === source.request)
    if (request === undefined) return []
    return [{ kind: 'request', text: `${request.method} ${request.path} ${request.status}` }]
  })
}
