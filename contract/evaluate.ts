import type { BurstReport } from './burst.ts'
import type { Claim, Expectation, JsonExpectation, StoreExpectation, TraceExpectation } from './claim.ts'
import { readJsonText, sourceOf, textAt, VerbatimJson, type JsonText } from './json-text.ts'
import { match, pathText, truncated, valueAt, valueText, type Check } from './match.ts'
import type { StoreView } from './sandbox.ts'
import type { TraceReport, TraceStep } from './trace.ts'
import { fill, type Variables } from './variables.ts'

export type { Check } from './match.ts'

/** All that came of one step: what its claims are held against. */
export interface Evidence {
  /** Status of the first answer; a redirect that the client followed is seen in the trace. */
  status: number
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>
  text: string
  /** `undefined` when the answer isn't JSON. */
  json: unknown
  trace: TraceReport | null
  store: StoreView | null
  burst: BurstReport | null
}

/** What a client has to fetch besides the answer before it can judge these claims. */
export function evidenceNeeded(claims: readonly Claim[]): { trace: boolean; store: boolean } {
  return {
    trace: claims.some((claim) => claim.expect.trace !== undefined),
    store: claims.some((claim) => claim.expect.store !== undefined),
  }
}

/**
 * Holds a claim's expectation against what came. The claim holds when every check is `ok`.
 * @param variables values that this step and earlier ones saved, put in the place of `{{names}}`
 */
export function evaluate(expect: Expectation, evidence: Evidence, variables: Variables): Check[] {
  const want = fill(expect, plainValues(variables))
  const tree = want.json ? readJsonText(evidence.text) : null
  return [
    ...(want.status === undefined ? [] : match('status', evidence.status, { equals: want.status })),
    ...(want.header ?? []).flatMap(({ name, ...rules }) =>
      match(`header ${name}`, valueAt(evidence.headers, [name.toLowerCase()]), rules),
    ),
    ...checkJson('JSON', evidence.json, want.json, tree),
    ...(want.text ? match('text', evidence.text, want.text) : []),
    ...(want.trace ?? []).flatMap((part) => checkTrace(part, evidence.trace)),
    ...(want.store ?? []).flatMap((part) => checkStore(part, evidence.store)),
    ...(want.burst?.peak ? match('running at once', evidence.burst?.peak, want.burst.peak) : []),
    ...(want.burst?.succeeded
      ? match(
          'answers of 200',
          evidence.burst?.lanes.filter((lane) => lane.status === 200).length,
          want.burst.succeeded,
        )
      : []),
  ]
}

/** Claims compare values, however they were written. */
function plainValues(variables: Variables): Variables {
  const entries = Object.entries(variables)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof VerbatimJson ? value.value : value]),
  )
}

/** @param tree the text that `root` was read from: what was received is shown as it is written there */
function checkJson(
  subject: string,
  root: unknown,
  parts: readonly JsonExpectation[] = [],
  tree: JsonText | null = null,
): Check[] {
  if (root === undefined && parts.length > 0)
    return [{ subject, expected: 'JSON', actual: 'none', ok: false }]
  return parts.flatMap(({ path, ...rules }) => {
    const written = textAt(tree, path)
    const checks = match(`${subject}: ${pathText(path)}`, valueAt(root, path), rules)
    return written ? checks.map((check) => ({ ...check, actual: truncated(sourceOf(written, 201)) })) : checks
  })
}

function checkTrace(want: TraceExpectation, trace: TraceReport | null): Check[] {
  const all =
    trace?.requests.flatMap((request) => request.steps.map((step) => ({ step, steps: request.steps }))) ?? []
  const named = all.filter(({ step }) => step.name === want.step)
  const subject = `trace: ${want.step}`
  const count = match(`${subject}, times`, trace ? named.length : undefined, want.count ?? { atLeast: 1 })
  // The step that fits best speaks: of several runs of one step, one must fit whole.
  const tried = named.map(({ step, steps }) => checkTraceStep(subject, want, step, steps))
  const best = tried.find((checks) => checks.every((check) => check.ok)) ?? tried[0] ?? []
  return [...count, ...best]
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
    const actual = later ? 'began before it' : 'did not begin before it'
    checks.push({ subject, expected: `begins before ${want.before}`, actual, ok: later })
  }
  if (want.within) {
    const around = ancestors(step, steps)
    const actual = `is within ${around.join(', ') || 'nothing'}`
    checks.push({ subject, expected: `within ${want.within}`, actual, ok: around.includes(want.within) })
  }
  return [...checks, ...checkJson(subject, step.detail, want.detail)]
}

function ancestors(step: TraceStep, steps: readonly TraceStep[]): string[] {
  const names: string[] = []
  for (let at = step.parent; at !== null;) {
    const parent = steps.find((other) => other.index === at)
    if (!parent || parent.index >= (names.length ? at + 1 : step.index)) break
    names.push(parent.name)
    at = parent.parent
  }
  return names
}

function checkStore(want: StoreExpectation, store: StoreView | null): Check[] {
  const rows = store?.tables[want.table]?.rows ?? []
  const where = Object.entries(want.where ?? {})
  const found = rows.filter((row) => where.every(([column, value]) => row[column] === value))
  const subject = where.length
    ? `rows of ${want.table} with ${where.map(([column, value]) => `${column} = ${valueText(value)}`).join(', ')}`
    : `rows of ${want.table}`
  return [
    ...match(subject, store ? found.length : undefined, want.count ?? { atLeast: 1 }),
    ...found.flatMap((row) => checkJson(subject, row, want.row)),
  ]
}
