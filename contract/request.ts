import type { Step } from './lesson.ts'
import { fillJson } from './fill-json.ts'
import { readJsonText, textAt, verbatimJson } from './json-text.ts'
import { valueAt, ABSENT } from './match.ts'
import { fill, fillText, type Variables } from './variables.ts'

/** A request as it is sent, before the client adds headers of its own. */
export interface PlainRequest {
  method: string
  /** Path with query. */
  path: string
  headers: [name: string, value: string][]
  body: string | null
}

/**
 * The request that a step describes: variables filled in, the caller's token added, the body written out.
 * A header that the step itself names is left as it is.
 * @param token the caller's access token, or null when no one is signed in
 */
export function requestOf(step: Step, variables: Variables, token: string | null): PlainRequest {
  const headers = Object.entries(step.headers).map(([name, value]): [string, string] => [
    name,
    String(fillText(value, variables)),
  ])
  const addUnlessNamed = (name: string, value: string): void => {
    if (!headers.some(([existing]) => existing.toLowerCase() === name.toLowerCase()))
      headers.push([name, value])
  }
  if (step.json !== undefined) addUnlessNamed('Content-Type', 'application/json')
  if (step.form !== undefined) addUnlessNamed('Content-Type', 'application/x-www-form-urlencoded')
  if (token !== null) addUnlessNamed('Authorization', `Bearer ${token}`)
  return {
    method: step.method,
    path: String(fillText(step.path, variables)),
    headers,
    body: bodyOf(step, variables),
  }
}

function bodyOf(step: Step, variables: Variables): string | null {
  if (step.json !== undefined) return fillJson(JSON.stringify(step.json, null, 2), variables)
  if (step.form !== undefined) return new URLSearchParams(fill(step.form, variables)).toString()
  return step.text === undefined ? null : String(fillText(step.text, variables))
}

/**
 * The values that a step's `save` takes from the JSON of its response. A missing value is not saved.
 * @param text of the response: numbers and objects are saved as they are written there
 */
export function savedFrom(step: Step, json: unknown, text = ''): Record<string, unknown> {
  const tree = Object.keys(step.save).length > 0 ? readJsonText(text) : null
  const found = Object.entries(step.save).map(
    ([name, path]) => [name, valueAt(json, path), textAt(tree, path)] as const,
  )
  return Object.fromEntries(
    found.flatMap(([name, value, text]) => (value === ABSENT ? [] : [[name, verbatimJson(value, text)]])),
  )
}
