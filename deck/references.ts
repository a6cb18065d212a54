import { lessonName } from '#contract/addresses.ts'
import { claimsOf } from '#contract/lesson.ts'
import { sourcesOf } from '#contract/request.ts'
import { lastStepSaving, variablesNeeded } from '#contract/run-plan.ts'
import { FRAMEWORK_STEPS, firstPart } from '#contract/step-names.ts'
import { variablesIn } from '#contract/variables.ts'
import { answerFaults } from './answer-faults.ts'
import { claimFaults, lessonText } from './claim-faults.ts'
import { didYouMean, type Fault } from './fault.ts'
import type { ReadLesson } from './lesson-folder.ts'
import type { LessonPlace } from './lesson-names.ts'
import { squeezed } from './prose.ts'
import type { Regions } from './regions.ts'
import { tablesOf, type Tables } from './tables.ts'
import { termFaults } from './terms.ts'

/** Names that a lesson may refer to: regions that both twins have, trace steps, and the deck's lessons. */
export interface KnownNames {
  regions: ReadonlySet<string>
  steps: ReadonlySet<string>
  /** Steps, and their first parts, which stand for all steps that begin with them. */
  explainable: ReadonlySet<string>
  /** Names of the deck's lessons. */
  lessons: ReadonlySet<string>
  tables: Tables
}

/**
 * @param regions of both twins
 * @param places of the deck's lessons
 */
export function knownNames(regions: Regions, places: readonly LessonPlace[]): KnownNames {
  const inBoth = [...regions.python.keys()].filter((name) => regions.typescript.has(name))
  const steps = [...inBoth, ...Object.keys(FRAMEWORK_STEPS)]
  return {
    regions: new Set(inBoth),
    steps: new Set(steps),
    explainable: new Set([...steps, ...steps.map(firstPart)]),
    lessons: new Set(places.map(({ name }) => name)),
    tables: tablesOf(regions),
  }
}

/**
 * Everything that a lesson refers to and that doesn't exist: regions, trace steps, other lessons, earlier steps, variables, and sentences
 * of its text.
 */
export function referenceFaults(read: ReadLesson, known: KnownNames): Fault[] {
  return [
    ...frontFaults(read, known),
    ...stepFaults(read),
    ...saveFaults(read, known),
    ...claimFaults(read, known),
    ...factFaults(read),
    ...sayFaults(read),
    ...answerFaults(read),
    ...termFaults(read),
  ]
}

function frontFaults({ lesson, proseFile, frontLine }: ReadLesson, known: KnownNames): Fault[] {
  const regions = lesson.code.flatMap(({ region }, index) =>
    known.regions.has(region)
      ? []
      : [
          {
            file: proseFile,
            line: frontLine(['code', index, 'region']),
            cause: `no region "${region}" in both twins${didYouMean(region, known.regions)}`,
          },
        ],
  )
  const claims = claimsOf(lesson).map(({ claim }) => claim.id)
  const home =
    lesson.homeClaim === undefined || claims.includes(lesson.homeClaim)
      ? []
      : [
          {
            file: proseFile,
            line: frontLine(['homeClaim']),
            cause: `no claim "${lesson.homeClaim}" in this lesson${didYouMean(lesson.homeClaim, claims)}`,
          },
        ]
  const related = lesson.related.flatMap((name, index) =>
    known.lessons.has(lessonName(name)) && lessonName(name) !== lesson.name
      ? []
      : [
          {
            file: proseFile,
            line: frontLine(['related', index]),
            cause: `no other lesson "${name}"${didYouMean(lessonName(name), known.lessons)}`,
          },
        ],
  )
  const explains = lesson.explains.flatMap((name, index) =>
    known.explainable.has(name)
      ? []
      : [
          {
            file: proseFile,
            line: frontLine(['explains', index]),
            cause: `no trace step "${name}"${didYouMean(name, known.explainable)}`,
          },
        ],
  )
  const reworded = lesson.reworded.flatMap(({ was, now }, index) => {
    const causes = [
      ...(lesson.keyPoints.includes(now)
        ? []
        : [`no key point "${now}"${didYouMean(now, lesson.keyPoints)}`]),
      ...(lesson.keyPoints.includes(was) ? [`"${was}" is still a key point`] : []),
    ]
    return causes.map((cause) => ({ file: proseFile, line: frontLine(['reworded', index]), cause }))
  })
  return [...regions, ...home, ...related, ...explains, ...reworded]
}

/** Trace steps that more than one lesson explains: Inside links a step to one lesson. */
export function explainedTwice(lessons: readonly ReadLesson[]): Fault[] {
  const explainedBy = new Map<string, string>()
  return lessons.flatMap(({ lesson, proseFile, frontLine }) =>
    lesson.explains.flatMap((name, index) => {
      const other = explainedBy.get(name)
      explainedBy.set(name, other ?? lesson.folder)
      return other === undefined
        ? []
        : [
            {
              file: proseFile,
              line: frontLine(['explains', index]),
              cause: `"${name}" is already explained by ${other}`,
            },
          ]
    }),
  )
}

function stepFaults({ lesson, stepsFile, stepLine }: ReadLesson): Fault[] {
  const { steps } = lesson
  return steps.flatMap((step, index) => {
    const fault = (key: string, cause: string): Fault => ({
      file: stepsFile,
      line: stepLine(['steps', index, key]),
      cause,
    })
    const earlier = steps.slice(0, index).map((other) => other.id)
    const twice = earlier.includes(step.id)
      ? [fault('id', `another step of this lesson has the id "${step.id}"; choose a different one`)]
      : []
    const after = step.after
      .filter((id) => !earlier.includes(id))
      .map((id) => fault('after', `no earlier step "${id}"${didYouMean(id, earlier)}`))
    const saved = steps.slice(0, index).flatMap((other) => Object.keys(other.save))
    const variables = variablesNeeded(step)
      .filter((name) => lastStepSaving(steps, name, index) < 0)
      .map((name) => ({
        file: stepsFile,
        line: stepLine(['steps', index, ...placeOfVariable(step, name)]),
        cause: `no earlier step saves {{${name}}}${didYouMean(name, saved)}`,
      }))
    return [...twice, ...after, ...variables]
  })
}

/** Path of the first text in a value that uses a variable. */
export function placeOfVariable(value: unknown, name: string): PropertyKey[] {
  if (typeof value !== 'object' || value === null) return []
  const entry = Object.entries(value).find(([, item]) => variablesIn(item ?? null).includes(name))
  if (entry === undefined) return []
  return [Array.isArray(value) ? Number(entry[0]) : entry[0], ...placeOfVariable(entry[1], name)]
}

/** A value from a trace names one of its steps, and goes into no request: other tools that send it have no trace. */
function saveFaults({ lesson, stepsFile, stepLine }: ReadLesson, known: KnownNames): Fault[] {
  const { steps } = lesson
  const fromTrace = steps.flatMap(sourcesOf).flatMap(([name, { step }]) => (step === undefined ? [] : [name]))
  return steps.flatMap((step, index) => {
    const fault = (key: string, cause: string): Fault => ({
      file: stepsFile,
      line: stepLine(['steps', index, key]),
      cause,
    })
    const unknown = sourcesOf(step).flatMap(([, source]) =>
      source.step === undefined || known.steps.has(source.step)
        ? []
        : [fault('save', `no trace step "${source.step}"${didYouMean(source.step, known.steps)}`)],
    )
    const bursts =
      step.burst !== undefined && sourcesOf(step).some(([, source]) => source.step !== undefined)
        ? [fault('save', 'a burst has no trace to save from; leave step out')]
        : []
    const sent = variablesNeeded({ ...step, claims: [] })
      .filter((name) => fromTrace.includes(name))
      .map((name) => ({
        file: stepsFile,
        line: stepLine(['steps', index, ...placeOfVariable({ ...step, claims: [] }, name)]),
        cause: `{{${name}}} comes from a trace, so only claims may use it`,
      }))
    return [...unknown, ...bursts, ...sent]
  })
}

/** A fact names a sentence of the text, and its output was kept when it ran. */
function factFaults(read: ReadLesson): Fault[] {
  const text = lessonText(read)
  return read.lesson.facts.flatMap(({ file, sentence, output }) => [
    ...(text.includes(squeezed(sentence))
      ? []
      : [{ file, line: 1, cause: `the lesson's text has no "${sentence}"` }]),
    ...(output === '' ? [{ file, line: 1, cause: 'has no output yet: npm run record' }] : []),
  ])
}

/** What shows a sentence of the answer to say is a claim or a fact of the same lesson. */
function sayFaults({ lesson, proseFile, proseLine }: ReadLesson): Fault[] {
  const ids = [...claimsOf(lesson).map(({ claim }) => claim.id), ...lesson.facts.map(({ id }) => id)]
  return (lesson.say?.sentences ?? []).flatMap(({ text, shownBy }) =>
    shownBy
      .filter((id) => !ids.includes(id))
      .map((id) => {
        const cause = `no claim and no fact "${id}"${didYouMean(id, ids)}`
        return { file: proseFile, line: proseLine(text), cause }
      }),
  )
}
