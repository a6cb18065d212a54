import type { Bug, BugView } from '#contract/bug.ts'
import type { Deck, Lesson } from '#contract/lesson.ts'
import type { PracticeSet, Quiz, QuizChoice, QuizKey, QuizView, Task, TaskView } from '#contract/practice.ts'
import { STILL_TRUE, TRUE_OR_MISTAKE } from '../practice/keys.ts'
import type { RenderMarkdown } from './markdown.ts'
import { codeBlockHtml, lineHtml, type Highlight } from './highlight.ts'

interface RenderWith {
  markdown: RenderMarkdown
  highlight: Highlight
}

const WHICH_LINE = 'Which line has to change?'

/** What the lessons give to practise with, as pages show it; lessons without any are left out. */
export function practiceSets(deck: Deck, rendering: RenderWith): PracticeSet[] {
  return deck.flatMap((lesson) => {
    const { slug, name, number, title, practice } = lesson
    const { misconceptions, tasks, quizzes, bugs } = practice
    if (misconceptions.length + tasks.length + quizzes.length + bugs.length === 0) return []
    return [
      {
        ...{ slug, name, number, title, misconceptions },
        tasks: tasks.map((task) => taskView(task, rendering)),
        quizzes: quizzes.map((quiz) => quizView(quiz, lesson, rendering)),
        bugs: bugs.map((bug) => bugView(bug, rendering)),
      },
    ]
  })
}

function taskView(task: Task, rendering: RenderWith): TaskView {
  const { markdown } = rendering
  return {
    ...task,
    ask: markdown(task.ask),
    hints: task.hints.map((hint) => markdown(hint)),
    traps: task.traps.map((trap) => ({ ...trap, says: paragraph(trap.says, rendering) })),
  }
}

function bugView(bug: Bug, rendering: RenderWith): BugView {
  const { markdown } = rendering
  return {
    ...bug,
    ask: markdown(bug.ask),
    hints: bug.hints.map((hint) => markdown(hint)),
    why: markdown(bug.why),
    nearMisses: bug.nearMisses.map((miss) => ({ ...miss, says: paragraph(miss.says, rendering) })),
  }
}

/** @throws when the lesson was read without the keys of its quizzes */
function quizView(quiz: Quiz, lesson: Lesson, rendering: RenderWith): QuizView {
  const key = lesson.practice.keys[quiz.id]
  if (key === undefined) throw new Error(`${lesson.slug}: the quiz "${quiz.id}" has no key`)
  const { markdown, highlight } = rendering
  const code =
    quiz.kind === 'spot' ? lesson.practice.snippets.find(({ id }) => id === quiz.code)?.code : undefined
  return {
    id: quiz.id,
    kind: quiz.kind,
    ask: askOf(quiz, rendering),
    code: code === undefined ? null : codeBlockHtml(code, 'python', highlight),
    choices: choicesOf(quiz, key, rendering),
    order: quiz.kind === 'order' ? orderOf(quiz, key, rendering) : null,
    why: markdown(quiz.why),
  }
}

function askOf(quiz: Quiz, rendering: RenderWith): string {
  if (quiz.kind === 'still-true')
    return `<p lang="en">Is it still right to say this?</p>\n<blockquote>${paragraph(quiz.sentence, rendering)}</blockquote>\n`
  if (quiz.kind === 'mistake')
    return `<p lang="en">True, or a common mistake?</p>\n<blockquote>${paragraph(quiz.says, rendering)}</blockquote>\n`
  return rendering.markdown(quiz.ask)
}

function choicesOf(quiz: Quiz, key: QuizKey, rendering: RenderWith): QuizChoice[] {
  const choice = (index: number, ask: string, options: readonly OptionText[]): QuizChoice => ({
    ask,
    options: options.map((option) => optionView(option, rendering)),
    right: key[index] ?? 0,
  })
  switch (quiz.kind) {
    case 'order':
      return []
    case 'still-true':
      return [choice(0, '', eitherOf(STILL_TRUE, quiz, key))]
    case 'mistake':
      return [choice(0, '', eitherOf(TRUE_OR_MISTAKE, quiz, key))]
    case 'predict':
      return [choice(0, '', quiz.options)]
    case 'spot':
      return [
        choice(0, '', quiz.options),
        ...(quiz.lines === undefined ? [] : [choice(1, WHICH_LINE, quiz.lines)]),
      ]
  }
}

/** An option with a text in Markdown, or a line of code. */
type OptionText = ({ says: string } | { code: string }) & {
  feedback?: string | undefined
  misconception?: string | undefined
}

/** Two options of which the wrong one has the quiz's feedback. */
function eitherOf(
  words: readonly string[],
  { feedback, misconception }: { feedback: string; misconception?: string | undefined },
  [right]: QuizKey,
): OptionText[] {
  return words.map((says, index) => (index === right ? { says } : { says, feedback, misconception }))
}

function optionView(option: OptionText, rendering: RenderWith): QuizChoice['options'][number] {
  const { feedback, misconception = null } = option
  const line = 'code' in option ? rendering.highlight(option.code, 'python')[0] : undefined
  return {
    says: 'says' in option ? paragraph(option.says, rendering) : `<code>${lineHtml(line ?? [])}</code>`,
    feedback: feedback === undefined ? null : rendering.markdown(feedback),
    misconception,
  }
}

function orderOf(
  quiz: Extract<Quiz, { kind: 'order' }>,
  key: QuizKey,
  rendering: RenderWith,
): QuizView['order'] {
  const cards = key.flatMap((index) => quiz.cards[index] ?? [])
  const placeOf = (step: string): number => cards.findIndex((card) => card.step === step)
  return {
    cards: cards.map(({ says }) => paragraph(says, rendering)),
    swapped: quiz.swapped.map(({ first, second, feedback, misconception = null }) => {
      const [one = 0, other = 0] = [placeOf(first), placeOf(second)].sort((a, b) => a - b)
      return { first: one, second: other, feedback: rendering.markdown(feedback), misconception }
    }),
    feedback: rendering.markdown(quiz.feedback),
  }
}

/** Markdown of one paragraph, as the HTML inside it. */
function paragraph(source: string, { markdown }: RenderWith): string {
  return markdown(source).replace(/^<p>([\s\S]*)<\/p>\n$/, '$1')
}
