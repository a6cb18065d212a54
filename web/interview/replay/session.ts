import * as Y from 'yjs'
import type { RecordedRequest } from '#contract/interview/recorded-request.ts'
import type { Replay, ReplayStep } from '#contract/interview/replay.ts'
import { decodeBase64 } from '#contract/interview/base64.ts'

/** A stretch without anything is shown as no longer than this many milliseconds, where silence is skipped. */
const SILENCE = 3_000

/** What a session looked like at one moment. */
export interface SessionAt {
  /** Key of the question that was present; null before, between and after. */
  question: string | null
  /** The question whose answer is shown: the present one, or the last. */
  shown: string | null
  text: string
  requests: readonly RecordedRequest[]
  paused: boolean
  connected: boolean
  revealed: boolean
  followUps: readonly number[]
}

/** Something that happened, at its place on the timeline. */
export interface Landmark {
  at: number
  kind: 'question' | 'request' | 'moment' | 'gap' | 'end'
  says: string
}

/** Maps the time of a session to that of its replay, where long silence is cut short. */
export interface Timeline {
  /** Milliseconds that the replay takes. */
  length: number
  /** @param at milliseconds since 1970 @returns milliseconds since the beginning of the replay */
  placeOf: (at: number) => number
  /** The reverse. */
  timeAt: (place: number) => number
}

/** @param skip whether long silence is cut short */
export function timelineOf({ steps }: Replay, skip: boolean): Timeline {
  const times = [...new Set(steps.map(({ at }) => at))]
  const [first = 0] = times
  const places = [0]
  for (let index = 1; index < times.length; index += 1) {
    const gap = (times[index] ?? 0) - (times[index - 1] ?? 0)
    places.push((places[index - 1] ?? 0) + (skip ? Math.min(gap, SILENCE) : gap))
  }
  const between = (from: readonly number[], to: readonly number[], value: number): number => {
    const index = from.findLastIndex((one) => one <= value)
    if (index < 0) return to[0] ?? 0
    const [start = 0, end] = [from[index], from[index + 1]]
    const [begin = 0, finish] = [to[index], to[index + 1]]
    if (end === undefined || finish === undefined) return begin
    return begin + ((value - start) / (end - start)) * (finish - begin)
  }
  return {
    length: places.at(-1) ?? 0,
    placeOf: (at) => between(times, places, at),
    timeAt: (place) => (times.length === 0 ? first : between(places, times, place)),
  }
}

/** What the session looked like after so many steps. */
export function sessionAfter({ steps }: Replay, count: number): SessionAt {
  const texts = new Map<string, Y.Doc>()
  let [question, shown]: [string | null, string | null] = [null, null]
  let [paused, connected] = [false, false]
  const requests: RecordedRequest[] = []
  const revealed = new Set<string>()
  const followUps = new Map<string, number[]>()
  for (const step of steps.slice(0, count)) {
    if (step.kind === 'asked') [question, shown, paused] = [step.question, step.question, false]
    else if (step.kind === 'left') question = null
    else if (step.kind === 'paused') paused = true
    else if (step.kind === 'resumed') paused = false
    else if (step.kind === 'connected') connected = true
    else if (step.kind === 'disconnected') connected = false
    else if (step.kind === 'request') requests.push(step.request)
    else if (step.kind === 'revealed') revealed.add(step.question)
    else if (step.kind === 'follow-up')
      followUps.set(step.question, [...(followUps.get(step.question) ?? []), step.followUp])
    else if (step.kind === 'text') {
      const doc = texts.get(step.question) ?? new Y.Doc()
      texts.set(step.question, doc)
      Y.applyUpdate(doc, decodeBase64(step.update))
    }
  }
  return {
    ...{ question, shown, paused, connected },
    text: shown === null ? '' : (texts.get(shown)?.getText('text').toString() ?? ''),
    requests: requests.filter((request) => request.question === shown),
    revealed: shown !== null && revealed.has(shown),
    followUps: shown === null ? [] : (followUps.get(shown) ?? []),
  }
}

/** What stands out on the timeline. @param titleOf a question by its key */
export function landmarksOf({ steps }: Replay, titleOf: (key: string) => string): Landmark[] {
  return steps.flatMap((step): Landmark[] => {
    const says = landmarkOf(step, titleOf)
    return says === null ? [] : [{ at: step.at, ...says }]
  })
}

function landmarkOf(step: ReplayStep, titleOf: (key: string) => string): Omit<Landmark, 'at'> | null {
  switch (step.kind) {
    case 'asked':
      return { kind: 'question', says: titleOf(step.question) }
    case 'request':
      return { kind: 'request', says: `${step.request.method} ${step.request.path}, ${step.request.status}` }
    case 'moment':
      return { kind: 'moment', says: step.label || 'marked' }
    case 'disconnected':
      return { kind: 'gap', says: 'connection lost' }
    case 'ended':
      return { kind: 'end', says: 'end of the interview' }
    default:
      return null
  }
}
