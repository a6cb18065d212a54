import type { Answer } from './recording.ts'

/** A recorded request that the twin answers otherwise than the original, and on purpose. */
export interface PromisedDifference {
  /** Titles, as recorded. */
  scenario: string
  request: string
  /** The promise that weighs more than to be alike. */
  because: string
  /** What of the twin's answer differs. */
  answer: Pick<Answer, 'status' | 'json'>
}

const NESTED = {
  because:
    'JSON nested over 32 deep is refused before anything looks into it; FastAPI refuses it from about a thousand on',
  answer: { status: 400, json: { detail: 'There was an error parsing the body' } },
}

/** All there are. What isn't here is answered as the original answers it. */
export const PROMISED_DIFFERENCES: readonly PromisedDifference[] = [
  { scenario: 'JSON within JSON', request: '33 deep', ...NESTED },
  { scenario: 'JSON within JSON', request: '40 deep in a field', ...NESTED },
]
