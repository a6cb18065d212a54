import type { Step } from './lesson.ts'
import { fillJson } from './fill-json.ts'
import { readJsonText, textAt, verbatimJson } from './json-text.ts'
import { valueAt, ABSENT } from './match.ts'
import { partMatching } from './regex.ts'
import type { SaveSource } from './save.ts'
import type { TraceReport } from './trace.ts'
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

/** The source of each saved value; a path alone is one into the response's JSON. */
export function sourcesOf(step: Pick<Step, 'save'>): [name: string, source: SaveSource][] {
  return Object.entries(step.save).map(([name, save]) => [
    name,
    typeof save === 'string' ? { path: save } : save,
  ])
}

/**
 * The values that a step's `save` takes from the JSON of its response. A missing value is not saved.
 * @param text of the response: numbers and objects are saved as they are written there
 */
export function savedFrom(step: Pick<Step, 'save'>, json: unknown, text = ''): Record<string, unknown> {
  const sources = sourcesOf(step).filter(([, source]) => source.step === undefined)
  const tree = sources.length > 0 ? readJsonText(text) : null
  return found(sources, ({ path }) => verbatimJson(valueAt(json, path), textAt(tree, path)))
}

/** The values that a step's `save` takes from the trace of its request: of several steps of one name, from the first. */
export function savedFromTrace(step: Pick<Step, 'save'>, trace: TraceReport | null): Record<string, unknown> {
  const steps = trace?.requests.flatMap((request) => request.steps) ?? []
  return found(
    sourcesOf(step).filter(([, source]) => source.step !== undefined),
    (source) => valueAt(steps.find(({ name }) => name === source.step)?.detail, source.path),
  )
}

function found(
  sources: [name: string, source: SaveSource][],
  valueOf: (source: SaveSource) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    sources.flatMap(([name, source]) => {
      const value = partOf(valueOf(source), source.matches)
      return value === ABSENT ? [] : [[name, value]]
    }),
  )
}

function partOf(value: unknown, pattern: string | undefined): unknown {
  if (pattern === undefined) return value
  return (typeof value === 'string' ? partMatching(value, pattern) : null) ?? ABSENT
}
