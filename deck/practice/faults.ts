import type { Expectation, JsonExpectation } from '#contract/claim.ts'
import { sourcesOf } from '#contract/request.ts'
import { didYouMean, type Fault } from '../fault.ts'
import type { ReadLesson } from '../lesson-folder.ts'
import type { KnownNames } from '../references.ts'
import {
  nameFaults,
  requestFaults,
  traceName,
  unknownSteps,
  unsaved,
  type Path,
  type Wrong,
} from './names.ts'
import { closureOf } from './requests.ts'
import { textFaults } from './texts.ts'

/**
 * Everything that a lesson's practice refers to and that doesn't exist: steps, variables, trace steps, misconceptions, code; and ids that
 * stand there twice, and HTML.
 * @param misconceptions ids of the whole deck
 */
export function practiceFaults(
  read: ReadLesson,
  known: KnownNames,
  misconceptions: Iterable<string>,
): Fault[] {
  const { file, content, lineOf } = read.practice
  const wrong = [
    ...twiceIn(content),
    ...content.tasks.flatMap((_, index) => taskFaults(read, index, known)),
    ...content.quizzes.flatMap((_, index) => quizFaults(read, index, known)),
    ...misconceptionFaults(content, [], [...misconceptions]),
    ...textFaults(content),
  ]
  return [...wrong.map(({ path, cause }) => ({ file, line: lineOf(path), cause })), ...snippetFaults(read)]
}

/** Misconceptions that stand in the deck more than once. */
export function misconceptionsTwice(lessons: readonly ReadLesson[]): Fault[] {
  const lessonOf = new Map<string, string>()
  return lessons.flatMap(({ lesson, practice: { file, content, lineOf } }) =>
    content.misconceptions.flatMap(({ id }, index) => {
      const other = lessonOf.get(id)
      lessonOf.set(id, other ?? lesson.folder)
      const cause = `"${id}" is already a misconception of ${other}; refer to it from here`
      return other === undefined ? [] : [{ file, line: lineOf(['misconceptions', index, 'id']), cause }]
    }),
  )
}

function twiceIn({ tasks, quizzes }: ReadLesson['practice']['content']): Wrong[] {
  const all = [
    ...tasks.map(({ id }, index) => ({ id, path: ['tasks', index, 'id'] })),
    ...quizzes.map(({ id }, index) => ({ id, path: ['quizzes', index, 'id'] })),
  ]
  return all
    .filter(({ id }, index) => all.findIndex((other) => other.id === id) < index)
    .map(({ id, path }) => ({ path, cause: `another task or quiz of this lesson has the id "${id}"` }))
}

function taskFaults({ lesson, practice }: ReadLesson, index: number, known: KnownNames): Wrong[] {
  const task = practice.content.tasks[index]!
  const path = ['tasks', index]
  const ids = lesson.steps.map(({ id }) => id)
  const before = closureOf(lesson.steps, task.after)
  const saved = before.flatMap((step) => Object.keys(step.save))
  const rules: { path: Path; expect?: Expectation | undefined; sent: readonly JsonExpectation[] }[] = [
    { path, expect: task.expect, sent: task.sent },
    ...task.traps.map(({ expect, sent }, trap) => ({ path: [...path, 'traps', trap], expect, sent })),
  ]
  return [
    ...unknownSteps(task.after, ids, [...path, 'after']),
    ...(['start', 'solution', 'nearMiss'] as const).flatMap((key) => {
      const requests = key === 'start' ? (task.start ? [task.start] : []) : task[key]
      const at = (request: number): Path => [...path, key, ...(key === 'start' ? [] : [request])]
      return requestFaults(requests, at, before.flatMap(sourcesOf), known)
    }),
    ...rules.flatMap(({ path: part, expect, sent }) => [
      ...(expect === undefined ? [] : nameFaults(expect, [...part, 'expect'], known)),
      ...unsaved({ expect, sent }, saved, part, 'no step of "after" saves'),
      ...(expect === undefined && sent.length === 0
        ? [{ path: part, cause: 'a trap needs sent or expect, or it would catch every request' }]
        : []),
    ]),
  ]
}

function quizFaults({ lesson, practice }: ReadLesson, index: number, known: KnownNames): Wrong[] {
  const quiz = practice.content.quizzes[index]!
  if (quiz.kind !== 'predict' && quiz.kind !== 'order') return []
  const path = ['quizzes', index]
  const ids = lesson.steps.map(({ id }) => id)
  const { step, requests = [] } = quiz
  const saved = [...closureOf(lesson.steps, step === undefined ? [] : [step]), ...requests].flatMap((each) =>
    Object.keys(each.save),
  )
  const common = [
    ...(step === undefined ? [] : unknownSteps([step], ids, [...path, 'step'])),
    ...requestFaults(requests, (request) => [...path, 'requests', request], [], known),
  ]
  if (quiz.kind === 'predict') {
    const options = quiz.options.flatMap(({ when }, option) => [
      ...nameFaults(when, [...path, 'options', option, 'when'], known),
      ...unsaved(when, saved, [...path, 'options', option, 'when'], 'no request saves'),
    ])
    const withoutFeedback = quiz.options.filter(({ feedback }) => feedback === undefined).length
    const cause = `${withoutFeedback} options have no feedback; only the right one may do without`
    return [...common, ...options, ...(withoutFeedback > 1 ? [{ path: [...path, 'options'], cause }] : [])]
  }
  const cards = quiz.cards.map((card) => card.step)
  const twice = cards.filter((name, card) => cards.indexOf(name) < card)
  return [
    ...common,
    ...cards.flatMap((name, card) => traceName(name, [...path, 'cards', card, 'step'], known)),
    ...twice.map((name) => ({ path: [...path, 'cards'], cause: `there are two cards "${name}"` })),
    ...quiz.swapped.flatMap(({ first, second }, pair) => {
      const at = [...path, 'swapped', pair]
      if (first === second) return [{ path: at, cause: 'first and second are the same card' }]
      return (['first', 'second'] as const).flatMap((key) => {
        const name = key === 'first' ? first : second
        return cards.includes(name)
          ? []
          : [{ path: [...at, key], cause: `no card "${name}"${didYouMean(name, cards)}` }]
      })
    }),
  ]
}

/** References to misconceptions, anywhere in a value, that the deck doesn't have. */
export function misconceptionFaults(value: unknown, path: Path, known: readonly string[]): Wrong[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => misconceptionFaults(item, [...path, index], known))
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
    const at = [...path, key]
    if (key !== 'misconception') return misconceptionFaults(item, at, known)
    const name = String(item)
    return item === undefined || known.includes(name)
      ? []
      : [{ path: at, cause: `no misconception "${name}" in this deck${didYouMean(name, known)}` }]
  })
}

/** Code that no quiz shows, that was never run, or that prints times. */
function snippetFaults({ practice: { content, snippets } }: ReadLesson): Fault[] {
  const shown = content.quizzes.flatMap((quiz) =>
    quiz.kind === 'spot' ? [quiz.code, ...(quiz.lines === undefined ? [] : [`${quiz.code}-mended`])] : [],
  )
  return snippets.flatMap(({ id, file, output, measured }) => {
    const causes = [
      ...(shown.includes(id) ? [] : [`no quiz shows this code${didYouMean(id, shown)}`]),
      ...(output === '' ? ['has no output yet: npm run record -- --facts'] : []),
      ...(measured ? ['a quiz needs code that prints the same each time, so it can’t be measured'] : []),
    ]
    return causes.map((cause) => ({ file, line: 1, cause }))
  })
}
