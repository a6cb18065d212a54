import type { Attempt } from '../attempts.ts'
import { eventsOf, type EventOf, type StudyEvent } from '../log/event.ts'

const MINUTE_MS = 60_000
/** An answer that was begun in time may be finished within these minutes. */
const GRACE_MINUTES = 10

/** A mock interview with what was answered in it. */
export interface Mock {
  start: EventOf<'mock'>
  /** Milliseconds since 1970. */
  endsAt: number
  wasEnded: boolean
  /** Its questions in order, each with its attempt, if it was reached. */
  questions: { slug: string; attempt: Attempt | undefined }[]
}

/** Every mock interview, the newest first. */
export function mocksOf(log: readonly StudyEvent[]): Mock[] {
  const attempts = eventsOf(log, 'attempt')
  const ended = new Set(eventsOf(log, 'mock-ended').map(({ mock }) => mock))
  return eventsOf(log, 'mock')
    .map((start) => ({
      start,
      endsAt: start.time + start.minutes * MINUTE_MS,
      wasEnded: ended.has(start.id),
      questions: start.slugs.map((slug) => ({
        slug,
        attempt: attempts.find((attempt) => attempt.mock === start.id && attempt.slug === slug),
      })),
    }))
    .reverse()
}

/** The question that is asked now; undefined when all were answered, it was ended, or its time is long over. */
export function currentQuestion({ endsAt, wasEnded, questions }: Mock, now: number): string | undefined {
  if (wasEnded || now > endsAt + GRACE_MINUTES * MINUTE_MS) return undefined
  return questions.find(({ attempt }) => attempt === undefined)?.slug
}

/** What a topic's questions came to. */
export interface TopicTotal {
  topic: string
  answered: number
  /** Mean level of the answered ones. */
  level: number
  named: number
  points: number
}

/** Totals by topic, the weakest first. @param topicsOf a question's topics */
export function totalsByTopic(
  { questions }: Pick<Mock, 'questions'>,
  topicsOf: (slug: string) => readonly string[],
): TopicTotal[] {
  const byTopic = new Map<string, Attempt[]>()
  for (const { slug, attempt } of questions) {
    if (attempt === undefined) continue
    for (const topic of topicsOf(slug)) byTopic.set(topic, [...(byTopic.get(topic) ?? []), attempt])
  }
  const totals = [...byTopic].map(([topic, attempts]) => {
    const sum = (of: (attempt: Attempt) => number): number =>
      attempts.reduce((total, attempt) => total + of(attempt), 0)
    return {
      topic,
      answered: attempts.length,
      level: sum(({ level }) => level) / attempts.length,
      named: sum(({ named }) => named.length),
      points: sum(({ named, missed }) => named.length + missed.length),
    }
  })
  return totals.sort((a, b) => a.level - b.level || a.topic.localeCompare(b.topic))
}
