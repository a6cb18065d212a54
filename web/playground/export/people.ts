import type { Step } from '#contract/lesson.ts'
import { requestOf, sourcesOf, type PlainRequest } from '#contract/request.ts'
import type { SaveSource } from '#contract/save.ts'
import type { Person } from '#contract/sandbox.ts'
import type { Variables } from '#contract/variables.ts'

/** A lesson as far as an export needs it. */
export interface StepsOfLesson {
  title: string
  steps: readonly Step[]
}

/** The people that steps call as, each once, in the order of the sandbox. */
export function peopleIn(
  lessons: readonly StepsOfLesson[],
  people: readonly Person[],
): { key: string; person: Person }[] {
  const callers = new Set<string>(lessons.flatMap(({ steps }) => steps.map((step) => step.as)))
  return people.flatMap((person) => {
    const key = person.name.split(' ')[0]?.toLowerCase() ?? ''
    return callers.has(key) ? [{ key, person }] : []
  })
}

/** Logs one of them in; the tool keeps the answer's token under `tokenOf`. */
export function loginRequest({ email, password }: Person): PlainRequest {
  const body = new URLSearchParams({ username: email, password }).toString()
  return {
    method: 'POST',
    path: '/login',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body,
  }
}

/** The variable with a person's token. @param key as returned by `peopleIn`, and as a step names its caller */
export function tokenOf(key: string): string {
  return `token_${key}`
}

/** A variable, and where in the JSON of a response its value stands. */
export type SavedValue = [name: string, source: SaveSource]

/** What other tools can save of a step: they have no trace, and send one request where Viva sends a burst. */
export function savedOutside(step: Step): SavedValue[] {
  return step.burst === undefined ? sourcesOf(step).filter(([, source]) => source.step === undefined) : []
}

/**
 * The request of a step for a tool that fills in `{{variables}}` itself: the caller's token is one of them.
 * @param variables by the names that the step uses, where the tool knows them by others
 */
export function unfilledRequest(step: Step, variables: Variables = {}): PlainRequest {
  const request = requestOf(step, variables, step.as === 'nobody' ? null : `{{${tokenOf(step.as)}}}`)
  if (step.form === undefined || request.body === null) return request
  // A form is written with its brackets encoded, and no tool looks for a variable there.
  return { ...request, body: request.body.replaceAll(/%7B%7B(\w+)%7D%7D/g, '{{$1}}') }
}
