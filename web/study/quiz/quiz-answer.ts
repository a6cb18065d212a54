import type { QuizChoice, QuizView } from '#contract/practice.ts'

/** What an answer came to. */
export interface Answered {
  isRight: boolean
  /** HTML that names what was mixed up, one piece for each confusion; none for the right answer. */
  feedback: string[]
  /** Ids. */
  misconceptions: string[]
}

/** Judges an option that was chosen. @param chosen its index in the author's order */
export function answerOfChoice({ options, right }: QuizChoice, chosen: number): Answered {
  const option = options[chosen]
  if (chosen === right || option === undefined) {
    return { isRight: chosen === right, feedback: [], misconceptions: [] }
  }
  return {
    isRight: false,
    feedback: option.feedback === null ? [] : [option.feedback],
    misconceptions: option.misconception === null ? [] : [option.misconception],
  }
}

/** Judges an order of cards. @param order indexes of cards, as they were put */
export function answerOfOrder(
  { swapped, feedback }: NonNullable<QuizView['order']>,
  order: readonly number[],
): Answered {
  if (order.every((card, place) => card === place)) {
    return { isRight: true, feedback: [], misconceptions: [] }
  }
  const isReversed = ({ first, second }: { first: number; second: number }): boolean =>
    order.indexOf(first) > order.indexOf(second) === first < second
  const known = swapped.filter(isReversed)
  return {
    isRight: false,
    feedback: known.length > 0 ? known.map((pair) => pair.feedback) : [feedback],
    misconceptions: known.flatMap(({ misconception }) => misconception ?? []),
  }
}

/** Several answers of one quiz as one. */
export function together(answers: readonly Answered[]): Answered {
  return {
    isRight: answers.every(({ isRight }) => isRight),
    feedback: answers.flatMap(({ feedback }) => feedback),
    misconceptions: [...new Set(answers.flatMap(({ misconceptions }) => misconceptions))],
  }
}
