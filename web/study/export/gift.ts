import type { PracticeSet, QuizView } from '#contract/practice.ts'

/** What GIFT has no place for: a comment above each question. */
export interface GiftNote {
  slug: string
  quiz: string
  kind: QuizView['kind']
  /** Lengths of the quiz's own text and of its code within the question's text; the rest is the part's. */
  ask: number
  code: number | null
  /** For the options in order. */
  misconceptions?: (string | null)[]
  order?: Omit<NonNullable<QuizView['order']>, 'cards'>
}

/** Marks the comment with a `GiftNote`. */
export const NOTE_MARK = '// viva: '

/**
 * Quizzes in Moodle's GIFT: https://docs.moodle.org/en/GIFT_format. Each part of a quiz is a question of its own; cards to be ordered
 * are matched with their numbers. `readGift` reads it back.
 */
export function giftText(sets: readonly PracticeSet[]): string {
  const sections = sets
    .filter(({ quizzes }) => quizzes.length > 0)
    .map(({ slug, number, title, quizzes }) => {
      const name = `${number} ${title}`.replaceAll(/[/\s]+/g, ' ')
      const questions = quizzes.flatMap((quiz) => questionsOf(slug, quiz))
      return [`$CATEGORY: Viva/${name}`, ...questions].join('\n\n')
    })
  return `${sections.join('\n\n')}\n`
}

function questionsOf(slug: string, quiz: QuizView): string[] {
  const { id, kind, ask, code, choices, order, why } = quiz
  const note: GiftNote = { slug, quiz: id, kind, ask: ask.length, code: code?.length ?? null }
  const text = `${ask}${code ?? ''}`
  const all = `####${escapedGift(why)}`
  const question = (part: number, note: GiftNote, text: string, answers: readonly string[]): string =>
    [
      `// [id:${slug}/${id}/${part}] [tag:${kind}]`,
      `${NOTE_MARK}${JSON.stringify(note)}`,
      `::${escapedGift(`${slug}/${id}/${part}`)}::[html]${escapedGift(text)}{`,
      ...answers,
      `${all}}`,
    ].join('\n')
  const parts = choices.map((choice, part) => {
    const answers = choice.options.map(({ says, feedback }, index) => {
      const more = feedback === null ? '' : `#${escapedGift(feedback)}`
      return `${index === choice.right ? '=' : '~'}${escapedGift(says)}${more}`
    })
    const misconceptions = choice.options.map(({ misconception }) => misconception)
    return question(part + 1, { ...note, misconceptions }, `${text}${choice.ask}`, answers)
  })
  if (order === null) return parts
  const { cards, ...rest } = order
  const answers = cards.map((card, index) => `=${index + 1} -> ${escapedGift(card)}`)
  return [...parts, question(parts.length + 1, { ...note, order: rest }, text, answers)]
}

/** A text with GIFT's own characters escaped. Line breaks are escaped, too: a blank line ends a question. */
function escapedGift(text: string): string {
  return text
    .replaceAll(/[\\~=#{}:]/g, '\\$&')
    .replaceAll('\r', '')
    .replaceAll('\n', '\\n')
}
