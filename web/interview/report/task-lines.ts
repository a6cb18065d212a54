import type { ReportQuestion } from '#contract/interview/report.ts'
import { bestOf, heldOf, type Judgement } from '#contract/interview/task.ts'
import { heldWords } from '../question/task-words.ts'

/** What came of a task, in words for paper and files. */
export interface TaskLines {
  title: string
  /** In the candidate's words; null if they gave none. */
  expected: string | null
  /** Why there are none. */
  unexpected: string
  best: { judgement: Judgement; request: string; words: string; nearMiss: string | null } | null
}

/** @returns null for a question without a task */
export function taskLines({ task: report, requests }: ReportQuestion): TaskLines | null {
  if (report === null) return null
  const { task, expectation, judged } = report
  const best = bestOf(judged)
  const sent = requests.find(({ id }) => id === best?.request)
  const trap = task.traps[best?.judgement.trap ?? -1]
  return {
    title: task.title.replaceAll('`', ''),
    expected: expectation?.text ?? null,
    unexpected: expectation === null ? 'not begun' : 'they just tried it',
    best: best && {
      judgement: best.judgement,
      request: sent === undefined ? '' : `${sent.method} ${sent.path} ${sent.status}`,
      words: heldWords(best.judgement),
      nearMiss: trap === undefined ? null : wordsOf(trap.says),
    },
  }
}

/** The same on a few lines; empty without a task. */
export function taskText(question: ReportQuestion): string {
  const lines = taskLines(question)
  if (lines === null) return ''
  const { title, expected, unexpected, best } = lines
  return [
    `Task: ${title}`,
    `Expected: ${expected ?? unexpected}`,
    best === null ? 'No request' : `Best request: ${best.request}, ${best.words}`,
    ...(best?.nearMiss ? [`Near miss: ${best.nearMiss}`] : []),
  ].join('\n')
}

/** Cells of a table: title, expectation, best request, conditions that hold, all conditions. */
export function taskCells(question: ReportQuestion): (string | number | null)[] {
  const lines = taskLines(question)
  if (lines === null) return [null, null, null, null, null]
  const { title, expected, best } = lines
  const held = best && heldOf(best.judgement)
  return [title, expected, best?.request ?? null, held?.held ?? null, held?.of ?? null]
}

/** The words of one paragraph of the deck's HTML. */
function wordsOf(html: string): string {
  const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' }
  return html
    .replace(/<[^>]+>/g, '')
    .replace(/&(lt|gt|quot|amp);/g, (whole, name: string) => entities[name] ?? whole)
}
