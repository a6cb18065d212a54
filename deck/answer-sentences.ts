import MarkdownIt, { type Token } from 'markdown-it'
import { claimsOf, type Lesson } from '#contract/lesson.ts'
import { placeIn, plainText, squeezed, type TextPlace } from './prose.ts'

const markdown = new MarkdownIt()

/** What the page says about a sentence of the original answer. */
type SentenceStatus = 'shown' | 'dated' | 'not shown'

/** A sentence of the original answer, or a block of code in it, with its place in the answer's plain text. */
export interface AnswerSentence extends TextPlace {
  text: string
  /** Exactly one in a lesson without faults. */
  statuses: SentenceStatus[]
}

/**
 * The sentences of a lesson's original answer, each with its statuses: shown by a claim or a fact, dated, or not shown for a reason. One
 * with dated words is dated, whatever shows the rest of it. A line that only introduces the next ones, such as “In the project:”, is left
 * out unless it has a status.
 */
export function answerSentences(lesson: Lesson): AnswerSentence[] {
  const answer = plainText(lesson.answer)
  const places = (sentences: readonly string[]): TextPlace[] =>
    sentences.flatMap((sentence) => placeIn(answer, sentence) ?? [])
  const shown = places([
    ...claimsOf(lesson).map(({ claim }) => claim.sentence),
    ...lesson.facts.map(({ sentence }) => sentence),
  ])
  const dated = places(lesson.dated.map(({ words }) => words))
  const notShown = places(lesson.notShown.map(({ sentence }) => sentence))
  return sentencesOf(lesson.answer).flatMap((sentence): AnswerSentence[] => {
    const isIn = (all: readonly TextPlace[]): boolean => all.some((place) => overlap(place, sentence))
    const statuses: SentenceStatus[] = []
    if (isIn(dated)) statuses.push('dated')
    else if (isIn(shown)) statuses.push('shown')
    if (isIn(notShown)) statuses.push('not shown')
    return statuses.length === 0 && sentence.text.endsWith(':') ? [] : [{ ...sentence, statuses }]
  })
}

/** Whether two places in a text share a character. */
export function overlap(one: TextPlace, other: TextPlace): boolean {
  return one.begin < other.end && other.begin < one.end
}

function sentencesOf(source: string): (TextPlace & { text: string })[] {
  const whole = plainText(source)
  let end = 0
  return markdown
    .parse(source, {})
    .flatMap(piecesOf)
    .map((text) => {
      const begin = whole.indexOf(text, end)
      end = begin + text.length
      return { text, begin, end }
    })
}

/** A block of code as one piece; prose cut after full stops and after a label in bold, such as “**Why it matters:**”. */
function piecesOf({ type, content }: Token): string[] {
  if (type === 'fence' || type === 'code_block') return [squeezed(content)]
  if (type !== 'inline') return []
  const [, label = '', rest = content] = /^\*\*([^*]+:)\*\*([\s\S]*)$/.exec(content) ?? []
  return [label, ...plainText(rest).split(/(?<=[.!?])\s+(?=\p{Lu})/u)].filter((text) => text !== '')
}
