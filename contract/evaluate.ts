import type { BurstReport } from './burst.ts'
import type {
  BurstExpectation,
  Expectation,
  JsonExpectation,
  Matcher,
  StoreExpectation,
  TraceExpectation,
} from './claim.ts'
import { payloadOf } from './jwt-part.ts'
import { readJsonText, sourceOf, textAt, VerbatimJson, type JsonText } from './json-text.ts'
import { match, pathText, truncated, valueAt, valueText, type Check } from './match.ts'
import type { Step } from './lesson.ts'
import { peakOverlap } from './peak-overlap.ts'
import { sourcesOf } from './request.ts'
import type { StoreView } from './sandbox.ts'
import type { TraceReport, TraceStep } from './trace.ts'
import { fill, variablesIn, type Variables } from './variables.ts'

export type { Check } from './match.ts'

/** What running one step produced: its claims are checked against this. */
export interface Evidence {
  /** Status of the first response; a redirect that the client followed shows in the trace. */
  status: number
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>
  text: string
  /** `undefined` when the response isn't JSON. */
  json: unknown
  trace: TraceReport | null
  store: StoreView | null
  burst: BurstReport | null
}

/** What a client has to fetch besides the response before it can check a step's claims, and save what later ones compare with. */
export function evidenceNeeded(step: Pick<Step, 'claims' | 'save'>): { trace: boolean; store: boolean } {
  const { claims } = step
  return {
    trace:
      claims.some((claim) => claim.expect.trace !== undefined) ||
      sourcesOf(step).some(([, source]) => source.step !== undefined),
    store: claims.some((claim) => claim.expect.store !== undefined),
  }
}

/**
 * Checks a claim's expectation against the evidence. The claim holds when every check is `ok`.
 * @param variables values that this step and earlier ones saved, which replace `{{names}}`
 */
export function evaluate(expect: Expectation, evidence: Evidence, variables: Variables): Check[] {
  const want = fill(expect, plainValues(variables))
  const tree = want.json ? readJsonText(evidence.text) : null
  return [
    ...missingValues(expect, variables),
    ...(want.status === undefined ? [] : match('status', evidence.status, { equals: want.status })),
    ...(want.header ?? []).flatMap(({ name, ...rules }) =>
      match(`header ${name}`, valueAt(evidence.headers, [name.toLowerCase()]), rules),
    ),
    ...checkJson('JSON', evidence.json, want.json, tree),
    ...(want.text ? match('text', evidence.text, want.text) : []),
    ...(want.trace ?? []).flatMap((part) => checkTrace(part, evidence.trace)),
    ...(want.store ?? []).flatMap((part) => checkStore(part, evidence.store)),
    ...(want.burst ? checkBurst(want.burst, evidence.burst) : []),
  ]
}

/** A comparison with a value that was never saved shows nothing, least of all that something differs from it. */
function missingValues(expect: Expectation, variables: Variables): Check[] {
  return variablesIn(expect)
    .filter((name) => !Object.hasOwn(variables, name))
    .map((name) => ({
      subject: `{{${name}}}`,
      expected: 'saved by an earlier step',
      actual: 'not saved',
      ok: false,
    }))
}

function checkBurst(want: BurstExpectation, burst: BurstReport | null): Check[] {
  const lanes = burst?.lanes ?? []
  const check = (subject: string, value: unknown, rules: Matcher | undefined): Check[] =>
    rules ? match(subject, burst ? value : undefined, rules) : []
  return [
    ...check('handlers running at once', burst?.peak, want.peak),
    ...check(
      'responses with status 200',
      lanes.filter(({ status }) => status === 200).length,
      want.succeeded,
    ),
    ...check(
      'longest wait for a handler, ms',
      Math.max(...lanes.map(({ sent, started }) => started - sent)),
      want.queued,
    ),
    ...check('time until the last response, ms', burst?.duration, want.duration),
  ]
}

/** Claims compare values, not how they were written. */
function plainValues(variables: Variables): Variables {
  const entries = Object.entries(variables)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof VerbatimJson ? value.value : value]),
  )
}

/** @param tree the text that `root` was read from: values are shown as they are written there */
function checkJson(
  subject: string,
  root: unknown,
  parts: readonly JsonExpectation[] = [],
  tree: JsonText | null = null,
): Check[] {
  if (root === undefined && parts.length > 0)
    return [{ subject, expected: 'JSON', actual: 'not JSON', ok: false }]
  return parts.flatMap(({ path, payload, ...rules }) => {
    if (payload !== undefined) {
      const value = valueAt(payloadOf(valueAt(root, path)), payload)
      return match(`${subject}: payload of ${pathText(path)}: ${pathText(payload)}`, value, rules)
    }
    const written = textAt(tree, path)
    const checks = match(`${subject}: ${pathText(path)}`, valueAt(root, path), rules)
    return written ? checks.map((check) => ({ ...check, actual: truncated(sourceOf(written, 201)) })) : checks
  })
}

function checkTrace(want: TraceExpectation, trace: TraceReport | null): Check[] {
  const requests = want.startUp ? trace?.startUp && [trace.startUp] : trace?.requests
  const all = requests?.flatMap(({ steps }) => steps.map((step) => ({ step, steps }))) ?? []
  const named = all.filter(({ step }) => step.name === want.step)
  const subject = `${want.startUp ? 'start-up' : 'trace'}: ${want.step}`
  const count = match(`${subject}, count`, requests ? named.length : undefined, want.count ?? { atLeast: 1 })
  const atOnce = want.atOnce ? match(`${subject}, at once`, peakOverlap(named.map(spanOf)), want.atOnce) : []
  // A step may have run several times; one run must match in every part. If none does, the first one's checks are shown.
  const tried = named.map(({ step, steps }) => checkTraceStep(subject, want, step, steps))
  const best = tried.find((checks) => checks.every((check) => check.ok)) ?? tried[0] ?? []
  return [...count, ...atOnce, ...best]
}

/** In whole microseconds, the precision of a trace: rounding errors of a sum would make a step overlap the next one. */
function spanOf({ step: { start, duration } }: { step: TraceStep }) {
  return { started: Math.round(start * 1000), ended: Math.round((start + duration) * 1000) }
}

function checkTraceStep(
  subject: string,
  want: TraceExpectation,
  step: TraceStep,
  steps: readonly TraceStep[],
): Check[] {
  const checks: Check[] = []
  if (want.verdict) checks.push(...match(`${subject}, verdict`, step.verdict, { equals: want.verdict }))
  if (want.before) {
    const later = steps.some((other) => other.name === want.before && other.index > step.index)
    const actual = later ? 'started before it' : 'did not start before it'
    checks.push({ subject, expected: `starts before ${want.before}`, actual, ok: later })
  }
  if (want.within) {
    const around = ancestors(step, steps)
    const actual = around.length > 0 ? `inside ${around.join(', ')}` : 'not inside another step'
    checks.push({ subject, expected: `inside ${want.within}`, actual, ok: around.includes(want.within) })
  }
  if (want.longerThan) {
    const other = steps.find(({ name, duration }) => name === want.longerThan && duration < step.duration)
    const actual = other ? `${step.duration} ms against ${other.duration} ms` : `${step.duration} ms`
    checks.push({ subject, expected: `longer than ${want.longerThan}`, actual, ok: other !== undefined })
  }
  if (want.duration) checks.push(...match(`${subject}, ms`, step.duration, want.duration))
  return [...checks, ...checkJson(subject, step.detail, want.detail)]
}

function ancestors(step: TraceStep, steps: readonly TraceStep[]): string[] {
  const names: string[] = []
  for (let index = step.parent; index !== null;) {
    const parent = steps.find((other) => other.index === index)
    if (!parent || parent.index >= (names.length ? index + 1 : step.index)) break
    names.push(parent.name)
    index = parent.parent
  }
  return names
}

/** What a claim about rows is about, as its checks name it: `rows of users with id = 1`. */
export function rowsSubject({ table, where = {} }: StoreExpectation): string {
  const columns = Object.entries(where).map(([column, value]) => `${column} = ${valueText(value)}`)
  return columns.length > 0 ? `rows of ${table} with ${columns.join(', ')}` : `rows of ${table}`
}

function checkStore(want: StoreExpectation, store: StoreView | null): Check[] {
  const table = store?.tables[want.table]
  const where = Object.entries(want.where ?? {})
  const found = (table?.rows ?? []).filter((row) => where.every(([column, value]) => row[column] === value))
  const subject = rowsSubject(want)
  // Of a table or a column that doesn't exist, there aren't even no rows.
  const exists = table && where.every(([column]) => table.columns.includes(column))
  return [
    ...match(subject, exists ? found.length : undefined, want.count ?? { atLeast: 1 }),
    ...found.flatMap((row) => checkJson(subject, row, want.row)),
  ]
}
