import type { JsonExpectation } from './claim.ts'
import { evaluate, evidenceNeeded, type Check, type Evidence } from './evaluate.ts'
import type { Task, Trap } from './practice.ts'
import type { PlainRequest } from './request.ts'
import type { Variables } from './variables.ts'

/** A request as the `sent` rules of a task look at it. */
export interface SentRequest {
  method: string
  /** Without the query. */
  path: string
  /** A name that stands there several times has the list of its values. */
  query: Record<string, string | string[]>
  /** By lower-case name. */
  headers: Record<string, string>
  /** The body, where it is JSON and the headers say so. */
  json?: unknown
  /** The fields, where the headers say that the body is a form; like `query`. */
  form?: Record<string, string | string[]>
}

/** What came of a request that was sent for a task. */
export interface Judgement {
  passed: boolean
  /** On the request first, then on what happened. */
  checks: Check[]
  /** The first trap that a request which didn't pass fell into. */
  trap: Trap | null
}

/** What a client has to fetch besides the response before it can judge a request for this task. */
export function evidenceNeededFor(task: Pick<Task, 'expect' | 'traps'>): { trace: boolean; store: boolean } {
  const expectations = [task.expect, ...task.traps.flatMap(({ expect }) => expect ?? [])]
  const claims = expectations.map((expect) => ({ id: '', sentence: '', shows: '', expect }))
  return evidenceNeeded({ claims, save: {} })
}

/**
 * Judges one request of a learner by what was sent and by what happened.
 * @param variables values that the steps before the task saved
 */
export function judgeTask(
  task: Pick<Task, 'sent' | 'expect' | 'traps'>,
  sent: SentRequest,
  evidence: Evidence,
  variables: Variables,
): Judgement {
  const checks = [...checkSent(task.sent, sent, variables), ...evaluate(task.expect, evidence, variables)]
  const passed = checks.every(({ ok }) => ok)
  const trap = passed ? null : (trapsAround(task, sent, evidence, variables)[0] ?? null)
  return { passed, checks, trap }
}

/** Every trap that a request falls into, whether it passes or not. */
export function trapsAround(
  { traps }: Pick<Task, 'traps'>,
  sent: SentRequest,
  evidence: Evidence,
  variables: Variables,
): Trap[] {
  return traps.filter((trap) => {
    const checks = [
      ...checkSent(trap.sent, sent, variables),
      ...(trap.expect === undefined ? [] : evaluate(trap.expect, evidence, variables)),
    ]
    return checks.length > 0 && checks.every(({ ok }) => ok)
  })
}

/** A request as it went out, taken apart for the `sent` rules. */
export function sentRequestOf({ method, path, headers, body }: PlainRequest): SentRequest {
  const [route = '', query = ''] = path.split(/\?(.*)/s)
  const byName = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
  const type = (byName['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const json = /^application\/(.+\+)?json$/.test(type) ? parsed(body) : undefined
  const isForm = type === 'application/x-www-form-urlencoded' && body !== null
  return {
    method: method.toUpperCase(),
    path: route,
    query: valuesOf(query),
    headers: byName,
    ...(json === undefined ? {} : { json }),
    ...(isForm ? { form: valuesOf(body) } : {}),
  }
}

/** Rules on the request are those on the JSON of a response, with another subject. */
function checkSent(rules: JsonExpectation[], sent: SentRequest, variables: Variables): Check[] {
  const asResponse = { status: 0, headers: {}, text: '', trace: null, store: null, burst: null, json: sent }
  return evaluate({ json: rules }, asResponse, variables).map((check) => ({
    ...check,
    subject: check.subject.replace(/^JSON: /, 'request: '),
  }))
}

function valuesOf(encoded: string): Record<string, string | string[]> {
  const params = new URLSearchParams(encoded)
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const values = params.getAll(name)
      return [name, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}

function parsed(body: string | null): unknown {
  try {
    return JSON.parse(body ?? '') as unknown
  } catch {
    return undefined
  }
}
