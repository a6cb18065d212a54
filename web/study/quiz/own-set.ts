import type { PracticeSet, QuizView } from '#contract/practice.ts'
import type { GiftFault } from '../export/gift-syntax.ts'
import { plainHtml } from '../export/plain-html.ts'
import { readGift } from '../export/read-gift.ts'

/** Stands for a lesson's slug. */
export const OWN_SLUG = 'own'

/**
 * The quizzes of a learner's own GIFT file, as a set without a lesson. Pages show HTML of the deck as it is; what comes from such a file
 * is reduced to a few elements without attributes.
 */
export function ownSet(gift: string): { set: PracticeSet; faults: GiftFault[] } {
  const { quizzes, faults } = readGift(gift)
  return {
    set: {
      ...{
        slug: OWN_SLUG,
        name: OWN_SLUG,
        number: 0,
        title: 'Your own questions',
        misconceptions: [],
        tasks: [],
        bugs: [],
      },
      quizzes: quizzes.map(({ slug, quiz }) => safe(slug === null ? quiz.id : `${slug}/${quiz.id}`, quiz)),
    },
    faults,
  }
}

function safe(id: string, { kind, ask, code, choices, order, why }: QuizView): QuizView {
  const orNull = (html: string | null): string | null => (html === null ? null : plainHtml(html))
  return {
    ...{ id, kind, ask: plainHtml(ask), code: orNull(code), why: plainHtml(why) },
    choices: choices.map((choice) => ({
      ask: plainHtml(choice.ask),
      options: choice.options.map(({ says, feedback }) => ({
        ...{ says: plainHtml(says), feedback: orNull(feedback), misconception: null },
      })),
      right: choice.right,
    })),
    order: order && {
      cards: order.cards.map(plainHtml),
      swapped: order.swapped.map(({ first, second, feedback }) => ({
        ...{ first, second, feedback: plainHtml(feedback), misconception: null },
      })),
      feedback: plainHtml(order.feedback),
    },
  }
}
