import type { Expectation, JsonExpectation, JsonPath, StoreExpectation } from '#contract/claim.ts'
import type { Evidence } from '#contract/evaluate.ts'
import { payloadOf } from '#contract/jwt-part.ts'
import { HIDDEN, type StoreChange, type TraceReport } from '#contract/trace.ts'
import { variablesIn } from '#contract/variables.ts'
import { committedChanges } from '../store/store-marks.ts'

/** An author deletes what a sentence doesn't say; more than this would hide what it does say. */
const MAX_JSON_RULES = 6
const MAX_CHANGED_ROWS = 3
const MAX_TEXT_LENGTH = 100
/** Rows with these ids are in every sandbox; later ids depend on what was created before. */
const LAST_SEEDED_ID = 3
const CLAIMED_HEADERS = ['www-authenticate', 'allow', 'access-control-allow-origin']
const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/
const ISO_TIME = String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d`
/** A validation error repeats what was sent, which may be a password. */
const LEFT_OUT = new Set(['input', 'ctx'])

/** Values that the request took from earlier steps, by name. */
export type UsedVariables = readonly (readonly [name: string, value: unknown])[]

/**
 * What a response and its trace show, as the expectation of a claim. Values that change from run to run are
 * expected by their type.
 * @param used so that a value that an earlier step saved is expected under its name
 */
export function expectationOf(evidence: Evidence, used: UsedVariables): Expectation {
  if (evidence.burst) return { burst: burstRules(evidence) }
  const header = CLAIMED_HEADERS.flatMap((name) => {
    const value = evidence.headers[name]
    return value === undefined || isUnsafe(value) ? [] : [{ name, equals: value }]
  })
  const json = evidence.json === undefined ? [] : jsonRules(evidence.json, used)
  const text = evidence.json === undefined ? firstLine(evidence.text) : ''
  const trace = traceRules(evidence.trace)
  const store = storeRules(evidence.trace, used)
  return {
    status: evidence.status,
    ...(header.length > 0 && { header }),
    ...(json.length > 0 && { json }),
    ...(text !== '' && { text: { contains: text } }),
    ...(trace.length > 0 && { trace }),
    ...(store.length > 0 && { store }),
  }
}

function burstRules({ burst }: Evidence): NonNullable<Expectation['burst']> {
  const { lanes = [], path = '' } = burst ?? {}
  const waitMs = Number(/[?&]ms=(\d+)/.exec(path)?.[1] ?? 0)
  return {
    succeeded: { equals: lanes.filter(({ status }) => status === 200).length },
    // A timer may fire a little early.
    ...(waitMs > 20 && { duration: { atLeast: waitMs - 10 } }),
  }
}

function firstLine(text: string): string {
  const line = text.split('\n').find((each) => each.trim() !== '') ?? ''
  const part = line.trim().slice(0, 60).trim()
  return isUnsafe(part) ? '' : part
}

/** Braces would be read as a variable. */
function isUnsafe(text: string): boolean {
  return variablesIn(text).length > 0
}

function jsonRules(root: unknown, used: UsedVariables): JsonExpectation[] {
  const rules: JsonExpectation[] = []
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (rules.length >= MAX_JSON_RULES) return
    if (isLeaf(value)) {
      rules.push({ path: pathOf(path), ...ruleFor(value, path.at(-1), used) })
    } else if (Array.isArray(value)) {
      // How many rows there are depends on what ran before.
      if (!value.some(hasId)) rules.push({ path: pathOf(path), length: value.length })
      if (value.length > 0) visit(value[0], [...path, 0])
    } else {
      const members = Object.entries(value as object).filter(([name]) => !LEFT_OUT.has(name))
      for (const [name, member] of members) visit(member, [...path, name])
    }
  }
  visit(root, [])
  return rules
}

function isLeaf(value: unknown): boolean {
  if (Array.isArray(value)) return value.length < 5 && value.every((item) => isScalar(item))
  return isScalar(value) || Object.keys(value as object).length === 0
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object'
}

function hasId(value: unknown): boolean {
  return value !== null && typeof value === 'object' && 'id' in value
}

function pathOf(path: readonly (string | number)[]): JsonPath {
  const names = path.map(String)
  return names.some((name) => name === '' || name.includes('.')) ? [...path] : names.join('.')
}

type Rule = Omit<JsonExpectation, 'path'>

function ruleFor(value: unknown, name: string | number | undefined, used: UsedVariables): Rule {
  const variable = used.find(([, saved]) => saved === value && String(value) !== '')
  if (variable) return { equals: `{{${variable[0]}}}` }
  if (typeof value === 'number') return isStable(value, name) ? { equals: value } : { type: 'number' }
  if (typeof value === 'string') return textRule(value)
  const texts = Array.isArray(value) ? (value as unknown[]).map(String) : []
  return texts.some((text) => isUnsafe(text)) ? { type: 'list' } : { equals: value as never }
}

function isStable(value: number, name: string | number | undefined): boolean {
  const isId = typeof name === 'string' && /(^|_)id$/i.test(name)
  return Number.isSafeInteger(value) && (isId ? value <= LAST_SEEDED_ID : Math.abs(value) < 10_000)
}

function textRule(value: string): Rule {
  if (JWT.test(value)) {
    const subject = (payloadOf(value) as { sub?: unknown } | undefined)?.sub
    const isSeeded = typeof subject === 'string' && Number(subject) <= LAST_SEEDED_ID
    return { payload: 'sub', ...(isSeeded ? { equals: subject } : { exists: true }) }
  }
  if (new RegExp(ISO_TIME).test(value)) return { matches: ISO_TIME }
  if (isUnsafe(value) || /[\da-f]{16}/i.test(value)) return { type: 'string' }
  return value.length > MAX_TEXT_LENGTH ? { contains: value.slice(0, 60) } : { equals: value }
}

/** The handler, or what refused the request before it could run. */
function traceRules(trace: TraceReport | null): NonNullable<Expectation['trace']> {
  const steps = trace?.requests.at(-1)?.steps ?? []
  const refused = steps.filter(({ verdict }) => verdict === 'refused').at(-1)
  // Routing counts as a handler, too, but only a function runs somewhere.
  const handler = steps.find(({ detail }) => detail.kind === 'handler' && detail.ranIn !== undefined)
  return [...new Set([handler, refused])].flatMap((step) =>
    step ? [{ step: step.name, ...(step.verdict === 'refused' && { verdict: step.verdict }) }] : [],
  )
}

function storeRules(trace: TraceReport | null, used: UsedVariables): StoreExpectation[] {
  const rows = new Map<string, StoreChange>()
  for (const change of committedChanges(trace)) {
    const key = `${change.table} ${change.id}`
    rows.set(key, { ...change, before: (rows.get(key) ?? change).before })
  }
  return [...rows.values()].slice(0, MAX_CHANGED_ROWS).flatMap((change) => rowRules(change, used))
}

function rowRules({ table, before, after }: StoreChange, used: UsedVariables): StoreExpectation[] {
  // A row that was inserted and deleted again changed nothing.
  const row = after ?? before
  const column = ['email', 'name', 'id'].find((name) => typeof row?.[name] !== 'undefined')
  if (!row || column === undefined) return []
  const { equals } = ruleFor(row[column], 'value', used)
  if (equals === undefined) return []
  const where = { [column]: equals }
  if (after === null || before === null) return [{ table, where, count: { equals: after ? 1 : 0 } }]
  const changed = Object.entries(after).filter(
    ([name, value]) => value !== before[name] && value !== HIDDEN && name !== column,
  )
  const rules = changed.map(([name, value]) => ({ path: name, ...ruleFor(value, name, used) }))
  return [{ table, where, ...(rules.length > 0 && { row: rules }) }]
}
