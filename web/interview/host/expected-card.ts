import type { HostCommand } from '#contract/interview/commands.ts'
import type { HostView } from '#contract/interview/host-view.ts'
import type { Scorecard } from '#contract/interview/scorecard.ts'

/**
 * A view with waiting commands applied to this interviewer's scorecard, which no one else can change. Commands that lead the interview show
 * once the server has carried them out.
 */
export function withCommands(view: HostView, commands: readonly HostCommand[]): HostView {
  return commands.length === 0 ? view : { ...view, card: commands.reduce(expected, view.card) }
}

function expected(card: Scorecard, command: HostCommand): Scorecard {
  switch (command.type) {
    case 'tick': {
      const { question, keyPoint, ticked } = command
      const others = (card.ticks[question] ?? []).filter((index) => index !== keyPoint)
      return { ...card, ticks: { ...card.ticks, [question]: ticked ? [...others, keyPoint] : others } }
    }
    case 'flag': {
      const { question, redFlag, raised } = command
      const others = (card.flags[question] ?? []).filter((index) => index !== redFlag)
      return { ...card, flags: { ...card.flags, [question]: raised ? [...others, redFlag] : others } }
    }
    case 'score': {
      const { question, score } = command
      const without = withoutJudgement(card, question)
      return score === null ? without : { ...without, scores: { ...without.scores, [question]: score } }
    }
    case 'quote': {
      const { quote: id, question, target, source } = command
      const { kind, index } = target
      const of = kind === 'key-point' ? 'ticks' : 'flags'
      const marked = [...new Set([...(card[of][question] ?? []), index])]
      return {
        ...card,
        quotes: [...card.quotes.filter((quote) => quote.id !== id), { id, question, target, source }],
        [of]: { ...card[of], [question]: marked },
      }
    }
    case 'unquote':
      return { ...card, quotes: card.quotes.filter(({ id }) => id !== command.quote) }
    case 'mark-not-assessed': {
      const without = withoutJudgement(card, command.question)
      if (!command.notAssessed) return without
      return { ...without, notAssessed: [...without.notAssessed, command.question] }
    }
    case 'recommend':
      return { ...card, recommendation: command.recommendation }
    case 'unmark':
      return { ...card, moments: card.moments.filter(({ id }) => id !== command.moment) }
    default:
      return card
  }
}

/** A score and the mark that a question isn't assessed exclude each other. */
function withoutJudgement(card: Scorecard, question: string): Scorecard {
  const { [question]: _score, ...scores } = card.scores
  return { ...card, scores, notAssessed: card.notAssessed.filter((key) => key !== question) }
}
