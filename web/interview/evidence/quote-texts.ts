import { momentInWords } from '#contract/interview/answer-time.ts'
import type { QuoteSource, QuoteTarget, ReportQuote } from '#contract/interview/evidence.ts'
import type { RecordedRequest } from '#contract/interview/recorded-request.ts'
import type { ReportMark, ReportQuestion } from '#contract/interview/report.ts'
import type { TextMark } from '../texts/marked-pieces.ts'
import { placeOf } from './text-positions.ts'

/** A request on one line: `GET /users/7 404`. */
export function requestLine(id: string, requests: readonly RecordedRequest[]): string {
  const request = requests.find((one) => one.id === id)
  return request === undefined ? 'a request' : `${request.method} ${request.path} ${request.status}`
}

/** A quote on one line: the words in quotation marks, or the request. */
export function quoteLine(source: QuoteSource, requests: readonly RecordedRequest[]): string {
  if (source.kind === 'request') return requestLine(source.request, requests)
  return `“${source.words.replace(/\s+/g, ' ')}”`
}

/** Where the quoted words of all interviewers stand in an answer; words that are gone stand nowhere. */
export function marksIn(text: string, { marks }: Pick<ReportQuestion, 'marks'>): TextMark[] {
  return marks.flatMap(({ quotes }) => quotes.flatMap(({ source }) => placesIn(text, source)))
}

/** The place at which a quote stands in an answer, if it does. */
export function placesIn(text: string, source: QuoteSource): TextMark[] {
  const place = source.kind === 'answer' ? placeOf(text, source) : null
  return place === null ? [] : [place]
}

/** The quotes of a scorecard for one key point or red flag, in the order in which they were bound. */
export function quotesFor(
  quotes: readonly ReportQuote[],
  kind: QuoteTarget['kind'],
  index: number,
): ReportQuote[] {
  return quotes.filter(({ target }) => target.kind === kind && target.index === index)
}

/** An interviewer's quotes for a key point or red flag as lines for exports: `“signed, not hidden” (at 3:12)`. */
export function quoteLines(
  { quotes }: ReportMark,
  { requests }: ReportQuestion,
  kind: QuoteTarget['kind'],
  index: number,
): string[] {
  return quotesFor(quotes, kind, index).map(({ source, moment, stands }) => {
    const remark = stands ? '' : ', no longer in the answer'
    return `${quoteLine(source, requests)} (${momentInWords(moment)}${remark})`
  })
}

/** All quotes of an interviewer for one question, as a cell of a table. */
export function quotesInOneLine(mark: ReportMark, question: ReportQuestion): string {
  const lines = (kind: QuoteTarget['kind'], name: string, texts: readonly string[]): string[] =>
    texts.flatMap((_text, index) =>
      quoteLines(mark, question, kind, index).map((line) => `${name} ${index + 1}: ${line}`),
    )
  return [
    ...lines('key-point', 'key point', question.keyPoints),
    ...lines('red-flag', 'red flag', question.redFlags),
  ].join('; ')
}

/** When an interviewer scored and ticked, as a cell of a table. */
export function momentsInOneLine({ times }: ReportMark): string {
  return Object.entries(times)
    .filter(([name]) => !name.startsWith('quote/'))
    .map(([name, moment]) => {
      const [kind = '', index] = name.split('/')
      const what =
        index === undefined ? kind : `${kind === 'tick' ? 'key point' : 'red flag'} ${Number(index) + 1}`
      return `${what} ${momentInWords(moment)}`
    })
    .join('; ')
}
