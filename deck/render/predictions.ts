import type { Lesson, Step } from '#contract/lesson.ts'
import type { QuizView } from '#contract/practice.ts'
import { predictionOf } from '#contract/predict/predict.ts'
import type { Prediction } from '#contract/predict/prediction.ts'
import { meaningOf } from '#contract/status-meaning.ts'
import { escapeHtml } from './highlight.ts'

/** Names of the trace steps that are path operations: the functions in the project's routers. */
export function handlersIn(regions: ReadonlyMap<string, { python: { file: string } }>): ReadonlySet<string> {
  const inRouters = [...regions].filter(
    ([name, { python }]) => /^routers\//.test(python.file) && /^\w+\.\w+$/.test(name),
  )
  return new Set(inRouters.map(([name]) => name))
}

/** What to predict before a lesson's steps run, by the step's id. */
export function predictionsOf(
  { slug, steps }: Lesson,
  handlers: ReadonlySet<string>,
): Record<string, Prediction> {
  const found = steps.flatMap((step) => {
    const prediction = predictionOf(slug, step, handlers)
    return prediction === null ? [] : [[step.id, prediction] as const]
  })
  return Object.fromEntries(found)
}

/** The same as quizzes, for review, where neither the step nor its claims are at hand. */
export function predictionQuizzes(
  lesson: Lesson,
  handlers: ReadonlySet<string>,
  markdown: (source: string) => string,
): QuizView[] {
  const predictions = predictionsOf(lesson, handlers)
  return lesson.steps.flatMap((step, index): QuizView[] => {
    const prediction = predictions[step.id]
    if (prediction === undefined) return []
    const { ask, question, choices, answer, claim } = prediction
    const options = choices.map(({ value, label }) => ({
      says: escapeHtml(label),
      feedback: ask === 'status' ? markdown(meaningOf(Number(value)).explanation) : null,
      misconception: null,
    }))
    const right = choices.findIndex(({ value }) => value === answer)
    const why = step.claims.find(({ id }) => id === claim)?.shows ?? ''
    return [
      {
        ...{ id: `${step.id}:${ask}`, kind: 'predict', order: null },
        ask: markdown(`Step ${index + 1}, ${step.title}: **${question}**`),
        code: codeHtml(requestText(step)),
        choices: [{ ask: '', options, right }],
        why: markdown(why),
      },
    ]
  })
}

function codeHtml(text: string): string {
  return `<pre class="code" tabindex="0" role="group" aria-label="Request"><code>${escapeHtml(text)}</code></pre>`
}

/** The request as people read it, with its headers and its body. */
function requestText({ method, path, as, headers, burst, json, form, text }: Step): string {
  const caller = as === 'nobody' ? '' : ` as ${as[0]?.toUpperCase()}${as.slice(1)}`
  const lines = [`${method} ${path}${burst === undefined ? '' : ` × ${burst}`}${caller}`]
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  if (json !== undefined) lines.push('', JSON.stringify(json, null, 2))
  if (form !== undefined) lines.push('', new URLSearchParams(form).toString())
  if (text !== undefined) lines.push('', text)
  return lines.join('\n')
}
