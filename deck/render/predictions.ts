import type { Lesson, Step } from '#contract/lesson.ts'
import type { QuizView } from '#contract/practice.ts'
import { meaningOf } from '#contract/status-meaning.ts'
import { predictionsOf } from '../predictions.ts'
import { escapeHtml } from './highlight.ts'

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
    const options = choices.map(({ value, label, mistake }) => ({
      says: escapeHtml(label),
      feedback: feedbackOn(ask, value, mistake?.because, markdown),
      misconception: mistake?.misconception ?? null,
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

/** Why a choice is wrong, or what its status would have meant. */
function feedbackOn(
  ask: string,
  value: string,
  because: string | undefined,
  markdown: (source: string) => string,
): string | null {
  if (because !== undefined) return markdown(because)
  return ask === 'status' ? markdown(meaningOf(Number(value)).explanation) : null
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
