import type { Exchange } from '../run/exchange.ts'
import { meaningOf } from '#contract/status-meaning.ts'
import { download } from '../../ui/download.ts'
import { toHar, type HarRecord } from './har.ts'

const VERSION = '1.0'

/** Saves the requests of a session that got a response as `viva-session.har`. @param history newest first */
export function saveSession(history: readonly Exchange[]): void {
  const records = [...history].reverse().flatMap(({ at, request, outcome, step }): HarRecord[] => {
    if (outcome.kind !== 'answer') return []
    const answer = { ...outcome.answer, statusText: meaningOf(outcome.answer.status).name }
    return [{ at, request, answer, ...(step ? { comment: step.title } : {}) }]
  })
  download(
    'viva-session.har',
    'application/json',
    JSON.stringify(toHar(records, location.origin, VERSION), null, 2),
  )
}
