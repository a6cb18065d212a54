import type { Across, AcrossQuestion } from '#contract/interview/across.ts'
import type { Plan, Question } from '#contract/interview/plan.ts'
import { settled } from '../decide/due.ts'
import { planned, type RoomState } from '../room-state.ts'
import { questionState } from './report.ts'

/** The answers to each question that an interviewer can score now: those of questions that are over. */
export function acrossFor(plan: Plan, rooms: readonly RoomState[], viewer: string, now: number): Across {
  const states = rooms.map((state) => settled(state, Math.max(now, state.at)))
  return {
    title: plan.title,
    questions: plan.questions.map((question) => acrossQuestion(question, states, viewer)),
  }
}

function acrossQuestion(
  { key, title }: Question,
  states: readonly RoomState[],
  viewer: string,
): AcrossQuestion {
  const inSet = states.filter((state) => planned(state, key) !== undefined)
  const asked = inSet.filter((state) => questionState(state, key).askedAt !== null)
  const over = asked.filter(({ phase, present }) => phase === 'ended' || present !== key)
  const place = new Map(over.map(({ room }) => [room, mixed(`${viewer}/${key}/${room}`)]))
  return {
    ...{ key, title },
    answers: over
      .toSorted((one, other) => (place.get(one.room) ?? 0) - (place.get(other.room) ?? 0))
      .map(({ room, cards }) => {
        const card = cards[viewer]?.card
        return { room, scored: card?.scores[key] !== undefined || card?.notAssessed.includes(key) === true }
      }),
    running: asked.length - over.length,
    notAsked: inSet.length - asked.length,
    notInSet: states.length - inSet.length,
  }
}

/** A number that depends on the whole text and looks random: FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/, with its bits mixed once more. */
function mixed(text: string): number {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
