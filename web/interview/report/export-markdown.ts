import { formatElapsed } from '#contract/interview/clock.ts'
import { momentInWords } from '#contract/interview/answer-time.ts'
import { flagName, tickName, type EvidenceMoment, type QuoteTarget } from '#contract/interview/evidence.ts'
import { REQUESTS_FULL, type RecordedRequest } from '#contract/interview/recorded-request.ts'
import type {
  GivenScore,
  Report,
  ReportMark,
  ReportQuestion,
  ReportRecommendation,
  ReportTopic,
} from '#contract/interview/report.ts'
import type { Judgement } from '#contract/interview/task.ts'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { SCORE_WORDS } from '#contract/interview/score-words.ts'
import { LEVEL_NAMES } from '#contract/level.ts'
import { quoteLines } from '../evidence/quote-texts.ts'
import { recommendationWord } from '../texts/wording.ts'
import { isJudged } from './key-points.ts'
import { bugDiff, bugLines } from './bug-lines.ts'
import { taskLines } from './task-lines.ts'
import { dayOf, lengthOf, timeOfDay } from '../time/time.ts'

const TIME_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone

/**
 * A report as Markdown. What people typed is shown as they typed it: as quoted code, or with its Markdown characters escaped.
 * @param project the Python project without any bug, to show what was changed in it
 */
export function reportMarkdown(report: Report, project: ProjectFiles = {}): string {
  const names = new Map(report.interviewers.map(({ id, name }) => [id, name]))
  const nameOf = (id: string): string => plain(names.get(id) ?? id)
  const title = (key: string): string => plain(report.questions.find((one) => one.key === key)?.title ?? key)
  const parts = [
    `# ${plain(report.candidate)}: ${plain(report.title)}`,
    facts(report),
    ...report.recommendations.map((one) => recommendationPart(one, nameOf)),
    ...report.questions.map((question) => questionPart(question, nameOf, project)),
    ...(report.topics.length > 0
      ? ['## By topic', ...report.topics.map((one) => topicPart(one, nameOf, title))]
      : []),
    ...report.notes.flatMap(({ interviewer, text }) => [
      `## Overall notes by ${nameOf(interviewer)}`,
      quoted(text),
    ]),
    ...(report.moments.length > 0 ? ['## Marked moments', moments(report, nameOf)] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

function facts({ startedAt, endedAt, interviewers, gaps, mode, requestsFull, formerNames }: Report): string {
  const drops = gaps.filter(({ who }) => who === 'candidate').map(({ from, until }) => dropOf(from, until))
  return list([
    `${mode === 'live' ? 'Live' : 'On their own time'}: ${period(startedAt, endedAt)}. Times are those of ${TIME_ZONE}.`,
    ...interviewers.map(({ name, handedIn, seen }) => {
      const state = handedIn === null ? 'scorecard not submitted' : `scorecard submitted ${moment(handedIn)}`
      return `Interviewer: ${plain(name)}, ${state}${seen ? '' : ', not visible yet'}`
    }),
    ...(drops.length > 0 ? [`The candidate was disconnected: ${drops.join('; ')}.`] : []),
    ...formerNames.map(
      ({ name, until }) => `Rejoined under another name at ${timeOfDay(until)}; before as ${plain(name)}`,
    ),
    ...(requestsFull ? [REQUESTS_FULL] : []),
  ])
}

function recommendationPart(
  { interviewer, recommendation, strengths, concerns }: ReportRecommendation,
  nameOf: (id: string) => string,
): string {
  const parts = [`## Recommendation by ${nameOf(interviewer)}: ${recommendationWord(recommendation)}`]
  if (strengths !== '') parts.push('Strengths:', quoted(strengths))
  if (concerns !== '') parts.push('Concerns:', quoted(concerns))
  return parts.join('\n\n')
}

function questionPart(
  question: ReportQuestion,
  nameOf: (id: string) => string,
  project: ProjectFiles,
): string {
  const { title, level, topics, asked, time: clock, differ } = question
  const heading = `## ${plain(title)}\n\n${plain(question.question)}`
  if (!asked) return `${heading}\n\nNot asked.`
  const about = [
    ...(question.notAssessed ? ['Not assessed: nothing in it counts'] : []),
    `Level: ${LEVEL_NAMES[level]}; topics: ${topics.map(plain).join(', ') || 'none'}`,
    `Time used: ${formatElapsed(clock.used)} of ${formatElapsed(clock.allotted)}`,
    ...(question.revealedAt === null ? [] : [`Model answer shown at ${timeOfDay(question.revealedAt)}`]),
    ...question.followUps.map((text) => `Follow-up: ${plain(text)}`),
    ...(differ.scores === null ? [] : [`Scores differ: ${differ.scores.lowest} to ${differ.scores.highest}`]),
  ]
  const parts = [heading, list(about), ...question.marks.map((mark) => markPart(mark, question, nameOf))]
  parts.push(
    ...question.snippets.map(({ code }) => quoted(code)),
    ...taskPart(question),
    ...bugPart(question, project),
  )
  parts.push('### Answer', question.answer === '' ? 'Nothing was written.' : quoted(question.answer))
  if (question.withLate !== null) parts.push('### With late text', quoted(question.withLate))
  if (question.requests.length > 0)
    parts.push('### Requests', question.requests.map(requestPart).join('\n\n'))
  return parts.join('\n\n')
}

function taskPart(question: ReportQuestion): string[] {
  const task = taskLines(question)
  if (task === null) return []
  const { title, expected, unexpected, best } = task
  return [
    `### Task: ${plain(title)}`,
    ...(expected === null ? [`Expected: ${unexpected}.`] : ['Expected before sending:', quoted(expected)]),
    best === null ? 'No request was sent.' : `Best request: ${plain(best.request)}, ${best.words}.`,
    ...(best?.nearMiss ? [`Near miss: ${plain(best.nearMiss)}`] : []),
    ...(best === null ? [] : [list(best.judgement.claims.map(claimLine))]),
  ]
}

function bugPart(question: ReportQuestion, project: ProjectFiles): string[] {
  const lines = bugLines(question)
  if (lines === null || question.bug === null) return []
  const diff = bugDiff(question.bug, project)
  return [
    `### Bug: ${plain(lines.title)}`,
    list([
      `The candidate’s browser reported: ${plain(lines.reported)}`,
      `An interviewer’s own run: ${plain(lines.own)}`,
    ]),
    diff === '' ? 'Nothing was changed.' : quoted(diff),
  ]
}

function claimLine({ subject, expected, actual, ok }: Judgement['claims'][number]): string {
  return `[${ok ? 'x' : ' '}] ${plain(subject)}: expected ${plain(expected)}, got ${plain(actual)}`
}

function markPart(mark: ReportMark, question: ReportQuestion, nameOf: (id: string) => string) {
  const { interviewer, score, notAssessed, ticks, flags, times, notes } = mark
  const missing = notAssessed ? 'not assessed' : 'no score'
  const given = score === null ? missing : `${score}, ${SCORE_WORDS[score] ?? ''}`
  const points = question.keyPoints.map(
    (text, index) =>
      `[${ticks.includes(index) ? 'x' : ' '}] ${plain(text)}${differs(question, index) ? ' (interviewers disagree)' : ''}${evidenceOf(mark, question, 'key-point', index)}`,
  )
  const parts = [`### ${nameOf(interviewer)}: ${given}${timeOf(times.score)}`]
  if (score !== null) parts.push(plain(question.rubric[score] ?? ''))
  if (points.length > 0 && isJudged(mark)) parts.push(list(points))
  const raised = question.redFlags.flatMap((text, index) =>
    flags.includes(index) ? [`Red flag: ${plain(text)}${evidenceOf(mark, question, 'red-flag', index)}`] : [],
  )
  if (raised.length > 0) parts.push(list(raised))
  if (notes !== '') parts.push(quoted(notes))
  return parts.join('\n\n')
}

/** When it was ticked, and the quotes for it as a list below. */
function evidenceOf(
  mark: ReportMark,
  question: ReportQuestion,
  kind: QuoteTarget['kind'],
  index: number,
): string {
  const time = mark.times[kind === 'key-point' ? tickName(index) : flagName(index)]
  const lines = quoteLines(mark, question, kind, index).map((line) => `\n  - ${plain(line)}`)
  return `${timeOf(time)}${lines.join('')}`
}

function timeOf(time: EvidenceMoment | undefined): string {
  return time === undefined ? '' : `, ${momentInWords(time)}`
}

function differs({ differ }: ReportQuestion, index: number): boolean {
  return differ.keyPoints.includes(index)
}

function requestPart({ method, path, headers, body, status, answer, trace }: RecordedRequest): string {
  const sent = [`${method} ${path}`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  if (body !== null) sent.push('', body.text + (body.whole ? '' : ' …'))
  const response = [String(status), '', answer.text + (answer.whole ? '' : ' …')]
  return [
    quoted([...sent, '', ...response].join('\n')),
    ...(trace === null ? [] : [`Trace \`${plain(trace)}\``]),
  ].join('\n\n')
}

function topicPart(
  topic: ReportTopic,
  nameOf: (id: string) => string,
  title: (key: string) => string,
): string {
  const scores = (given: readonly GivenScore[]): string =>
    given
      .map(({ question, interviewer, score }) => `${title(question)} ${score} (${nameOf(interviewer)})`)
      .join('; ')
  const rows = [
    ...(topic.strong.length > 0 ? [`Strong: ${scores(topic.strong)}`] : []),
    ...(topic.fair.length > 0 ? [`Fair: ${scores(topic.fair)}`] : []),
    ...(topic.weak.length > 0 ? [`Weak: ${scores(topic.weak)}`] : []),
    ...(topic.missed.length > 0 ? [`Key points not mentioned: ${topic.missed.length}`] : []),
  ]
  return `### ${plain(topic.topic)}\n\n${list(rows)}`
}

function moments(report: Report, nameOf: (id: string) => string): string {
  return list(
    report.moments.map(
      ({ at, label, interviewer }) => `${timeOfDay(at)} ${plain(label || 'marked')} (${nameOf(interviewer)})`,
    ),
  )
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n')
}

function dropOf(from: number, until: number | null): string {
  return until === null ? `from ${timeOfDay(from)} on` : `at ${timeOfDay(from)} for ${lengthOf(until - from)}`
}

function moment(at: number): string {
  return `${dayOf(at)}, ${timeOfDay(at)}`
}

function period(from: number | null, to: number | null): string {
  if (from === null) return 'not started'
  if (to === null) return `${moment(from)}, not finished yet`
  return `${moment(from)} to ${dayOf(from) === dayOf(to) ? timeOfDay(to) : moment(to)}`
}

/** A line of text, escaped so that it means nothing in Markdown or HTML. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>()#+!|~&:@]/g, '\\$&')
}

/** The text unchanged, in a fence longer than any fence inside it. */
function quoted(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text}\n${fence}`
}
