import type { HostCommand } from '#contract/interview/commands.ts'
import type { Quote, QuoteSource, QuoteTarget } from '#contract/interview/evidence.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import { refuse, type Refusal, type Verdict } from '../decision.ts'
import type { RoomChange } from '../room-events.ts'
import { planned, type RoomState } from '../room-state.ts'
import { cardOf, handedIn, notAsked } from './scoring.ts'
import { timeAbout } from './time-about.ts'

type QuoteCommand = Extract<HostCommand, { type: 'quote' }>

/**
 * Binds words of the answer, or a request, to a key point or red flag of one's own scorecard, and ticks it. The words are kept as they
 * were selected: by the time they arrive, the candidate may have changed them.
 */
export function quote(room: RoomState, interviewer: string, command: QuoteCommand, at: number): Verdict {
  const { quote: id, question, target, source, about } = command
  const refusal = handedIn(room, interviewer) ?? notAsked(room, question) ?? unknown(room, command)
  if (refusal) return refusal
  const { quotes, ticks, flags } = cardOf(room, interviewer)
  if (quotes.some((one) => one.id === id || isSame(one, command))) return []
  const full = tooMuch(quotes, command)
  if (full) return full
  const request = source.kind === 'request' && room.requests.find((one) => one.id === source.request)
  // A request has a time of its own.
  const time = timeAbout(room, question, request ? request.at : about, at)
  const marked = { interviewer, question, ...time }
  const { kind, index } = target
  const ticking: RoomChange[] =
    kind === 'key-point'
      ? [{ type: 'key-point-ticked', ...marked, keyPoint: index, ticked: true }]
      : [{ type: 'red-flag-raised', ...marked, redFlag: index, raised: true }]
  const isTicked = ((kind === 'key-point' ? ticks : flags)[question] ?? []).includes(index)
  return [{ type: 'quote-bound', ...marked, quote: id, target, source }, ...(isTicked ? [] : ticking)]
}

/** Removes one of one's own quotes. */
export function unquote(room: RoomState, interviewer: string, quote: string): Verdict {
  const refusal = handedIn(room, interviewer)
  if (refusal) return refusal
  const isThere = cardOf(room, interviewer).quotes.some(({ id }) => id === quote)
  return isThere ? [{ type: 'quote-removed', interviewer, quote }] : []
}

function unknown(room: RoomState, { question, target, source }: QuoteCommand): Refusal | null {
  const { keyPoints = [], redFlags = [] } = planned(room, question) ?? {}
  if (target.kind === 'key-point' && keyPoints[target.index] === undefined)
    return refuse('unknown', 'There is no such key point.')
  if (target.kind === 'red-flag' && redFlags[target.index] === undefined)
    return refuse('unknown', 'There is no such red flag.')
  if (source.kind === 'answer' && source.words.trim() === '')
    return refuse('malformed', 'Select some words of the answer first.')
  const isRecorded = (request: string): boolean =>
    room.requests.some((one) => one.id === request && one.question === question)
  if (source.kind === 'request' && !isRecorded(source.request))
    return refuse('unknown', 'There is no such request to this question.')
  return null
}

function tooMuch(quotes: readonly Quote[], { question, target, source }: QuoteCommand): Refusal | null {
  const characters = lengthOf(source)
  if (characters > LIMITS.quoteCharacters)
    return refuse(
      'full',
      `A quote can hold at most ${LIMITS.quoteCharacters} characters. Select fewer words.`,
    )
  const onMark = quotes.filter((one) => one.question === question && isSameTarget(one.target, target))
  if (onMark.length >= LIMITS.quotesPerMark)
    return refuse('full', `You have already bound ${LIMITS.quotesPerMark} quotes to this one, the maximum.`)
  const total = quotes.reduce((sum, { source }) => sum + lengthOf(source), characters)
  if (quotes.length >= LIMITS.quotes || total > LIMITS.quotedCharacters)
    return refuse('full', 'Your scorecard can’t hold any more quotes. Remove some first.')
  return null
}

function lengthOf(source: QuoteSource): number {
  return source.kind === 'answer' ? source.words.length : 0
}

/** Whether the same is bound to the same already, as by a second click. */
function isSame(one: Quote, { question, target, source }: QuoteCommand): boolean {
  if (one.question !== question || !isSameTarget(one.target, target)) return false
  if (one.source.kind === 'request') return source.kind === 'request' && source.request === one.source.request
  const { words, position } = one.source
  return source.kind === 'answer' && source.words === words && source.position === position
}

function isSameTarget(one: QuoteTarget, other: QuoteTarget): boolean {
  return one.kind === other.kind && one.index === other.index
}
