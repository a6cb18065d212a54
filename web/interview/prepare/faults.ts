import type { z } from 'zod'

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
}

/** What keeps a set from being used, as a sentence for the person who prepares it. */
export function setFault({ issues }: z.ZodError): string {
  return issues[0] === undefined ? 'This set isn’t valid.' : setSentence(issues[0], issues[0].path)
}

/** The same for a single question. */
export function questionFault({ issues }: z.ZodError): string {
  return issues[0] === undefined ? 'This question isn’t valid.' : questionSentence(issues[0], issues[0].path)
}

/** The same for a file that should hold a set. */
export function fileFault({ issues }: z.ZodError): string {
  const [issue] = issues
  const [part, ...rest] = issue?.path ?? []
  if (issue === undefined || part !== 'plan' || rest.length === 0)
    return 'This file isn’t a set of questions.'
  return setSentence(issue, rest)
}

function setSentence(issue: Issue, [part, index, ...rest]: Path): string {
  if (part === 'title')
    return issue.code === 'too_small' ? 'Give the set a title.' : `Title: ${problemOf(issue)}`
  if (part !== 'questions') return 'This set isn’t valid.'
  if (index !== undefined) return `Question ${Number(index) + 1}: ${questionSentence(issue, rest)}`
  return issue.code === 'too_small' ? 'Choose at least one question.' : `Questions: ${problemOf(issue)}`
}

function questionSentence(issue: Issue, [field, index]: Path): string {
  const number = typeof index === 'number' ? index : null
  // The sentences of a rubric are known by their score, which counts from 0.
  if (field === 'rubric') return `Rubric${number === null ? '' : ` for ${number}`}: ${problemOf(issue)}`
  const label = LABELS[String(field)]
  if (label === undefined) return 'This question isn’t valid.'
  if (number !== null) return `${label} ${number + 1}: ${problemOf(issue)}`
  return `${issue.code === 'too_big' && issue.origin === 'array' ? `${label}s` : label}: ${problemOf(issue)}`
}

function problemOf(issue: Issue): string {
  const unit = 'origin' in issue && issue.origin === 'string' ? ' characters' : ''
  if (issue.code === 'too_big') return `at most ${String(issue.maximum)}${unit}.`
  if (issue.code === 'too_small' && issue.minimum === 1 && unit !== '') return 'enter some text.'
  if (issue.code === 'too_small') return `at least ${String(issue.minimum)}${unit}.`
  return 'this isn’t valid.'
}
