import type { z } from 'zod'
import type { PlanItem } from '#contract/interview/plan.ts'
import { PLAYGROUND_MODES } from '#contract/interview/playground-mode.ts'
import { SNIPPET_LANGUAGES } from '#contract/interview/snippet.ts'
import { LEVELS } from '#contract/level.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** Fields of a question, as the page labels them; those that are lists get the number of the entry after it. */
const LABELS: Readonly<Record<string, string>> = {
  title: 'Title',
  question: 'Question',
  level: 'Level',
  topics: 'Topic',
  minutes: 'Minutes',
  answer: 'Model answer',
  keyPoints: 'Key point',
  redFlags: 'Red flag',
  followUps: 'Follow-up',
  note: 'Private note',
  slug: 'Lesson',
  playground: 'Playground',
  task: 'Task',
  bug: 'Bug',
  snippets: 'Snippet',
  pool: 'Pool',
  from: 'Kind of question',
}

/** What to do about a field that has a value of the wrong kind. */
const REMEDIES: Readonly<Record<string, string>> = {
  level: `use one of ${LEVELS.join(', ')}.`,
  playground: `use one of ${PLAYGROUND_MODES.join(', ')}.`,
  minutes: 'enter a whole number of minutes from 1 to 120.',
  slug: 'name the folder of a lesson, like 05-jwt.',
  pool: 'name a pool from A to E, or leave it out.',
  language: `use one of ${SNIPPET_LANGUAGES.join(', ')}.`,
  task: 'name one of the deck by the folder of its lesson and its id, or leave it out.',
  bug: 'name one of the deck by the folder of its lesson and its id, or leave it out.',
  from: 'write “lesson” for one from the deck, or “own”.',
  draw: 'enter a whole number, 1 or more.',
  pools: 'make it a list of pools, at most 5.',
  key: 'name it with a letter from A to E.',
  shuffle: 'write true or false.',
  rubric: 'write five sentences, for the scores 0 to 4.',
}
const LISTS = new Set(['snippets', 'topics', 'keyPoints', 'redFlags', 'followUps', 'questions'])
/** How many faults one message lists. */
const MAX_SENTENCES = 3

/** What keeps a set from being used, as sentences for the person who prepares it. */
export function setFault({ issues }: z.ZodError): string {
  return sentences(issues, (issue) => setSentence(issue, issue.path), 'This set can’t be read.')
}

/** The same for a single question. */
export function questionFault({ issues }: z.ZodError): string {
  return sentences(issues, (issue) => questionSentence(issue, issue.path), 'This question can’t be read.')
}

/** The same for a file that should hold a set. */
export function fileFault({ issues }: z.ZodError): string {
  const inPlan = ({ path }: Issue): boolean => path[0] === 'plan' && path.length > 1
  const isSet = issues.every((issue) => inPlan(issue) || issue.code === 'unrecognized_keys')
  if (!isSet)
    return 'This file isn’t a set of questions that was exported here. Export one to see the format.'
  return sentences(
    issues,
    (issue) => setSentence(issue, issue.path.slice(1)),
    'This file isn’t a set of questions.',
  )
}

/**
 * The sentence about a question that needs a lesson, a task or a bug which this deck doesn't have; null if it has them, or isn't loaded yet.
 * @param lessons of the deck, by slug
 */
export function missingInDeck(
  item: PlanItem,
  index: number,
  lessons: ReadonlyMap<string, Offers>,
): string | null {
  if (lessons.size === 0) return null
  const sentence = (what: string): string => `Question ${index + 1}: this deck has no ${what}.`
  if (item.from === 'lesson' && !lessons.has(item.slug)) return sentence(`lesson “${item.slug}”`)
  const { task, bug } = item
  const has = (kind: keyof Offers, choice: { lesson: string; id: string } | undefined): boolean =>
    choice === undefined || lessons.get(choice.lesson)?.[kind].some(({ id }) => id === choice.id) === true
  if (task && !has('tasks', task)) return sentence(`task “${task.id}” in a lesson “${task.lesson}”`)
  if (bug && !has('bugs', bug)) return sentence(`bug “${bug.id}” in a lesson “${bug.lesson}”`)
  return null
}

/** What a lesson has for questions. */
type Offers = Record<'tasks' | 'bugs', readonly { id: string }[]>

function sentences(issues: readonly Issue[], sentenceOf: (issue: Issue) => string, fallback: string): string {
  const all = [...new Set(issues.map(sentenceOf))]
  const more = all.length - MAX_SENTENCES
  if (more > 0) all.splice(MAX_SENTENCES, more, `And ${more} more ${more === 1 ? 'fault' : 'faults'}.`)
  return all.join(' ') || fallback
}

function setSentence(issue: Issue, [part, index, ...rest]: Path): string {
  if (part === 'title')
    return issue.code === 'too_small' || isMissing(issue)
      ? 'Give the set a title.'
      : `Title: ${problemOf(issue, 'title')}`
  if (part === 'questions' && index !== undefined)
    return `Question ${Number(index) + 1}: ${questionSentence(issue, rest)}`
  if (part === 'questions')
    return issue.code === 'too_big'
      ? `Questions: ${problemOf(issue, 'questions')}`
      : 'Choose at least one question.'
  if (part === 'pools' && index !== undefined && issue.code !== 'custom') {
    const field = String(rest[0] ?? 'pools')
    return `Pool ${Number(index) + 1}: ${problemOf(issue, field)}`
  }
  if (part === 'pools') return `Pools: ${problemOf(issue, 'pools')}`
  if (part === 'shuffle') return `Shuffle: ${problemOf(issue, 'shuffle')}`
  return `The set: ${problemOf(issue, '')}`
}

function questionSentence(issue: Issue, [field, index, part]: Path): string {
  const name = String(field ?? '')
  const number = typeof index === 'number' ? index : null
  // The sentences of a rubric are known by their score, which counts from 0.
  if (name === 'rubric')
    return `Rubric${number === null ? '' : ` for ${number}`}: ${problemOf(issue, number === null ? name : '')}`
  const label = LABELS[name]
  if (label === undefined) return problemOf(issue, '')
  if (number === null) return `${isList(issue, name) ? `${label}s` : label}: ${problemOf(issue, name)}`
  const entry = part === 'answer' ? `${label} ${number + 1}, its answer` : `${label} ${number + 1}`
  return `${entry}: ${problemOf(issue, part === 'language' ? part : '')}`
}

/** @param field the field that it is about; empty where it is a text, or the thing as a whole */
function problemOf(issue: Issue, field: string): string {
  if (issue.code === 'custom') return issue.message.endsWith('.') ? issue.message : `${issue.message}.`
  if (issue.code === 'unrecognized_keys') return `remove ${issue.keys.map((key) => `“${key}”`).join(', ')}.`
  const remedy = REMEDIES[field]
  const isText = 'origin' in issue && issue.origin === 'string'
  if (issue.code === 'too_big') {
    if (isText) return `shorten it to at most ${String(issue.maximum)} characters.`
    return remedy ?? `keep at most ${String(issue.maximum)}.`
  }
  if (issue.code === 'too_small' && isText)
    return issue.minimum === 1 ? 'enter some text.' : `write at least ${String(issue.minimum)} characters.`
  if (remedy !== undefined) return remedy
  return LISTS.has(field) ? 'make it a list of entries.' : 'enter some text.'
}

function isMissing(issue: Issue): boolean {
  return issue.code === 'invalid_type'
}

function isList(issue: Issue, field: string): boolean {
  return LISTS.has(field) && issue.code !== 'custom'
}
