import type { PracticeSet, TaskView } from '#contract/practice.ts'
import type { Attempt } from '../attempts.ts'
import { eventsOf, type EventOf, type StudyEvent } from '../log/event.ts'
import { taskKey, type TaskState } from '../tasks/task-record.ts'

const MINUTE_MS = 60_000
/** An answer that was begun in time may be finished within these minutes. */
const GRACE_MINUTES = 10
/** How many tasks a mock interview has, if it has any. */
export const MOCK_TASKS = 2

/** A mock interview with what was answered in it. */
export interface Mock {
  start: EventOf<'mock'>
  /** Milliseconds since 1970. */
  endsAt: number
  wasEnded: boolean
  /** Its questions in order, each with its attempt, if it was reached. */
  questions: { slug: string; attempt: Attempt | undefined }[]
  /** The tasks that follow, by their keys, each with how it ended, if it was reached. */
  tasks: { key: string; tried: EventOf<'task'> | undefined }[]
}

/** A task of the deck with its key. */
export interface MockTask {
  key: string
  set: PracticeSet
  task: TaskView
}

/** Every task of a deck. */
export function tasksOf(sets: readonly PracticeSet[]): MockTask[] {
  return sets.flatMap((set) => set.tasks.map((task) => ({ key: taskKey(set.slug, task.id), set, task })))
}

/** What a mock interview asks for at a moment. */
export type MockItem = { kind: 'question'; slug: string } | { kind: 'task'; key: string }

/** Every mock interview, the newest first. */
export function mocksOf(log: readonly StudyEvent[]): Mock[] {
  const attempts = eventsOf(log, 'attempt')
  const tries = eventsOf(log, 'task')
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
      tasks: (start.tasks ?? []).map((key) => ({
        key,
        tried: tries.findLast((tried) => tried.mock === start.id && taskKey(tried.slug, tried.task) === key),
      })),
    }))
    .reverse()
}

/** The question or task that is up now; undefined when all are done, it was ended, or its time is long over. */
export function currentItem({ endsAt, wasEnded, questions, tasks }: Mock, now: number): MockItem | undefined {
  if (wasEnded || now > endsAt + GRACE_MINUTES * MINUTE_MS) return undefined
  const question = questions.find(({ attempt }) => attempt === undefined)
  if (question !== undefined) return { kind: 'question', slug: question.slug }
  const task = tasks.find(({ tried }) => tried === undefined)
  return task && { kind: 'task', key: task.key }
}

/**
 * Two tasks for a mock interview: of the lessons it asks about, in their order, each lesson once as long as there are others, those
 * not passed yet first.
 * @returns their keys
 */
export function drawTasks(
  slugs: readonly string[],
  sets: readonly PracticeSet[],
  states: ReadonlyMap<string, TaskState>,
): string[] {
  const isPassed = (key: string): boolean => states.get(key)?.startsWith('passed') ?? false
  const byLesson = slugs.map((slug) => {
    const keys = sets.find((set) => set.slug === slug)?.tasks.map(({ id }) => taskKey(slug, id)) ?? []
    return keys.sort((a, b) => Number(isPassed(a)) - Number(isPassed(b)))
  })
  const first = byLesson.flatMap((keys) => keys.slice(0, 1))
  const open = [...first].sort((a, b) => Number(isPassed(a)) - Number(isPassed(b)))
  return [...open, ...byLesson.flatMap((keys) => keys.slice(1))].slice(0, MOCK_TASKS)
}

/** Minutes for each question and each task. */
export function minutesEach({
  minutes,
  slugs,
  tasks = [],
}: Pick<Mock['start'], 'minutes' | 'slugs' | 'tasks'>) {
  return Math.round((minutes / (slugs.length + tasks.length)) * 10) / 10
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
