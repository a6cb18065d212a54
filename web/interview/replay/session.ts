import * as Y from 'yjs'
import type { OwnRun, ReportedRun } from '#contract/interview/bug.ts'
import type { JudgedRequest, TaskExpectation } from '#contract/interview/task.ts'
import type { RecordedRequest } from '#contract/interview/recorded-request.ts'
import type { Replay } from '#contract/interview/replay.ts'
import { decodeBase64 } from '#contract/interview/base64.ts'

/** Longer pauses are cut to this when the viewer skips pauses. */
const MAX_SILENCE_MS = 3_000

/** What the candidate's page looked like at one moment. */
export interface Session {
  /** Key of the present question; null before, between and after questions. */
  question: string | null
  /** Key of the question on the screen: the present one, or else the last. */
  visible: string | null
  text: string
  requests: readonly RecordedRequest[]
  /** What the visible requests came to in the task of their question, and what was expected of it. */
  judged: readonly JudgedRequest[]
  expectation: TaskExpectation | null
  /** The files that were changed, and runs of the checks. */
  files: Readonly<Record<string, string>>
  filesLateAt: number | null
  runs: readonly ReportedRun[]
  ownRun: OwnRun | null
  paused: boolean
  connected: boolean
  revealed: boolean
  followUps: readonly number[]
}

/** Maps times of the session to places in its replay, where long pauses may be cut. */
export interface Timeline {
  /** Milliseconds that the replay takes. */
  length: number
  /** @param at milliseconds since 1970 @returns milliseconds since the beginning of the replay */
  placeOf: (at: number) => number
  /** The reverse. */
  timeAt: (place: number) => number
}

/** @param skip whether long pauses are cut */
export function timelineOf({ steps }: Replay, skip: boolean): Timeline {
  const times = [...new Set(steps.map(({ at }) => at))]
  const [first = 0] = times
  const places = [0]
  for (let index = 1; index < times.length; index += 1) {
    const gap = (times[index] ?? 0) - (times[index - 1] ?? 0)
    places.push((places[index - 1] ?? 0) + (skip ? Math.min(gap, MAX_SILENCE_MS) : gap))
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
    timeAt: (place) => (times.length === 0 ? first : Math.round(between(places, times, place))),
  }
}

/** What the candidate's page looked like after that many steps. */
export function sessionAfter({ steps }: Replay, count: number): Session {
  const texts = new Map<string, Y.Doc>()
  let [question, visible]: [string | null, string | null] = [null, null]
  let [paused, connected] = [false, false]
  const requests: RecordedRequest[] = []
  const judged: JudgedRequest[] = []
  const expectations = new Map<string, TaskExpectation>()
  const runs = new Map<string, ReportedRun[]>()
  const ownRuns = new Map<string, OwnRun>()
  const late = new Map<string, number>()
  const revealed = new Set<string>()
  const followUps = new Map<string, number[]>()
  for (const step of steps.slice(0, count)) {
    if (step.kind === 'asked') [question, visible, paused] = [step.question, step.question, false]
    else if (step.kind === 'left') question = null
    else if (step.kind === 'paused') paused = true
    else if (step.kind === 'resumed') paused = false
    else if (step.kind === 'connected') connected = true
    else if (step.kind === 'disconnected') connected = false
    else if (step.kind === 'request') {
      requests.push(step.request)
      if (step.judgement !== null) judged.push({ request: step.request.id, judgement: step.judgement })
    } else if (step.kind === 'expectation') expectations.set(step.question, step.expectation)
    else if (step.kind === 'revealed') revealed.add(step.question)
    else if (step.kind === 'follow-up')
      followUps.set(step.question, [...(followUps.get(step.question) ?? []), step.followUp])
    else if (step.kind === 'run') runs.set(step.question, [...(runs.get(step.question) ?? []), step.run])
    else if (step.kind === 'own-run') ownRuns.set(step.question, step.run)
    else if (step.kind === 'text' || step.kind === 'file') {
      const name = step.kind === 'file' ? `${step.question} ${step.file}` : step.question
      const doc = texts.get(name) ?? new Y.Doc()
      texts.set(name, doc)
      Y.applyUpdate(doc, decodeBase64(step.update))
      if (step.kind === 'file' && step.late) late.set(step.question, step.at)
    }
  }
  const files = [...texts].flatMap(([name, doc]) => {
    const [question, path] = name.split(' ')
    return path !== undefined && question === visible ? [[path, doc.getText('text').toString()]] : []
  })
  const shown = requests.filter((request) => request.question === visible)
  return {
    ...{ question, visible, paused, connected },
    text: visible === null ? '' : (texts.get(visible)?.getText('text').toString() ?? ''),
    requests: shown,
    judged: judged.filter(({ request }) => shown.some(({ id }) => id === request)),
    files: Object.fromEntries(files) as Record<string, string>,
    filesLateAt: late.get(visible ?? '') ?? null,
    runs: runs.get(visible ?? '') ?? [],
    ownRun: ownRuns.get(visible ?? '') ?? null,
    expectation: (visible !== null && expectations.get(visible)) || null,
    revealed: visible !== null && revealed.has(visible),
    followUps: visible === null ? [] : (followUps.get(visible) ?? []),
  }
}
