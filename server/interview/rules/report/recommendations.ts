import type { GridRow } from '#contract/interview/grid.ts'
import type { Report } from '#contract/interview/report.ts'
import type { CardState, RoomState } from '../room-state.ts'
import { EMPTY_DOCUMENT, textOf } from '../text-document.ts'
import { visibleCards } from '../views/visible-card.ts'

/** What interviewers recommend, and why, of those cards that the viewer may see. */
export function recommendationsFor(state: RoomState, viewer: string): Report['recommendations'] {
  return visibleCards(state, viewer).flatMap(([interviewer, { card, notes }]) => {
    const { recommendation } = card
    const strengths = textOf(notes.strengths ?? EMPTY_DOCUMENT)
    const concerns = textOf(notes.concerns ?? EMPTY_DOCUMENT)
    if (recommendation === null && strengths === '' && concerns === '') return []
    return [{ interviewer, recommendation, strengths, concerns }]
  })
}

/**
 * The same for the grid, without the reasons. One recommendation beside those of other candidates looks like the outcome, so there is none
 * before the viewer's scorecard and every other one that was begun are submitted.
 * @param interviewers ids of those who still have access: no one waits for the others
 */
export function recommendationsInGrid(
  state: RoomState,
  viewer: string,
  interviewers: ReadonlySet<string>,
): GridRow['recommendations'] {
  const { [viewer]: mine, ...others } = state.cards
  const waitsFor = Object.entries(others).filter(
    ([id, owner]) => interviewers.has(id) && owner.card.handedIn === null && isBegun(owner),
  )
  if (mine === undefined || mine.card.handedIn === null || waitsFor.length > 0) return null
  return visibleCards(state, viewer).flatMap(
    ([
      interviewer,
      {
        card: { recommendation },
      },
    ]) => (recommendation === null ? [] : [{ interviewer, recommendation }]),
  )
}

/** Whether there is anything on a card. */
function isBegun({ card, notes }: CardState): boolean {
  const { scores, notAssessed, ticks, flags, quotes, moments, recommendation } = card
  const ticked = [...Object.values(ticks), ...Object.values(flags)].flat()
  const marked = [...Object.keys(scores), ...notAssessed, ...ticked, ...quotes, ...moments]
  const written = Object.values(notes).some((document) => textOf(document) !== '')
  return marked.length > 0 || recommendation !== null || written
}
