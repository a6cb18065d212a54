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
      const { [command.question]: _old, ...others } = card.scores
      return {
        ...card,
        scores: command.score === null ? others : { ...others, [command.question]: command.score },
      }
    }
    case 'unmark':
      return { ...card, moments: card.moments.filter(({ id }) => id !== command.moment) }
    default:
      return card
  }
}
