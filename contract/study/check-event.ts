import { LOG_VERSION, type Fact, type Stamp, type StudyEvent } from './event.ts'

/** What a field has to be, as a test and in words. */
type Rule = [holds: (value: unknown) => boolean, words: string]

const isText = (value: unknown): value is string => typeof value === 'string'
const text: Rule = [isText, 'a text']
const shortText: Rule = [(value) => isText(value) && value !== '' && value.length <= 500, 'a short text']
const texts: Rule = [(value) => Array.isArray(value) && value.every(isText), 'a list of texts']
const yesOrNo: Rule = [(value) => typeof value === 'boolean', 'true or false']
const day: Rule = [
  (value) => isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)),
  'a date such as 2026-11-29',
]

function number(min: number, max: number): Rule {
  return [
    (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
    `a whole number from ${min} to ${max}`,
  ]
}

function orNull([holds, words]: Rule): Rule {
  return [(value) => value === null || holds(value), `${words} or null`]
}

/** A field that older logs don't have. */
function optional([holds, words]: Rule): Rule {
  return [(value) => value === undefined || holds(value), words]
}

const STAMP: Record<keyof Stamp, Rule> = {
  id: [(value) => isText(value) && /^[\w-]{8,64}$/.test(value), 'an id of 8 to 64 letters and digits'],
  version: number(1, LOG_VERSION),
  // The largest time that a date can hold.
  time: number(0, 8.64e15),
  day,
}

/** The fields of each kind of event. */
const FIELDS: { [K in Fact['kind']]: Record<Exclude<keyof Extract<Fact, { kind: K }>, 'kind'>, Rule> } = {
  attempt: {
    slug: shortText,
    level: number(0, 4),
    named: texts,
    missed: texts,
    written: text,
    seconds: orNull(number(0, 1e6)),
    followUp: orNull(text),
    mock: orNull(shortText),
  },
  mock: { slugs: texts, minutes: number(1, 600), followUps: yesOrNo, tasks: optional(texts) },
  'mock-ended': { mock: shortText },
  review: { card: shortText, grade: number(1, 4), misconceptions: optional(texts) },
  prediction: {
    ...{ slug: shortText, step: shortText, ask: shortText, chosen: text, actual: text },
    misconceptions: optional(texts),
  },
  quiz: {
    slug: shortText,
    quiz: shortText,
    isRight: yesOrNo,
    misconceptions: texts,
    grade: optional(number(1, 4)),
  },
  task: {
    slug: shortText,
    task: shortText,
    isPassed: yesOrNo,
    requests: number(0, 1e6),
    hints: number(0, 100),
    sawSolution: yesOrNo,
    misconceptions: texts,
    mock: optional(shortText),
  },
  bury: { card: shortText },
  suspend: { card: shortText, isSuspended: yesOrNo },
  settings: { newPerDay: number(0, 500), reviewsPerDay: number(0, 2000), interview: orNull(day) },
  read: { slug: shortText },
  proved: { slug: shortText, claims: texts },
  ticked: { slug: shortText, point: text, isTicked: yesOrNo },
  cleared: {},
  removed: { event: shortText },
}

/** All fields of an event of each kind. Every event of a log is checked whenever a page opens it. */
const RULES = Object.fromEntries(
  Object.entries(FIELDS).map(([kind, fields]) => [kind, Object.entries({ ...STAMP, ...fields })]),
) as Record<Fact['kind'], [field: string, rule: Rule][]>

/**
 * What is wrong with an event from a file or from storage.
 * @returns null if nothing is
 */
export function faultOf(value: unknown): string | null {
  if (!isRecord(value)) return 'it is not an object'
  const { kind } = value
  if (!isKind(kind)) return `“kind” is ${shown(kind)}, which Viva doesn’t know`
  for (const [field, [holds, words]] of RULES[kind]) {
    if (!holds(value[field])) return `“${field}” is ${shown(value[field])}; it must be ${words}`
  }
  return null
}

/** Whether a value is an event that this version of Viva can read. */
export function isEvent(value: unknown): value is StudyEvent {
  return faultOf(value) === null
}

/** The name of a field that events of this kind don't have, or null. */
export function otherFieldOf(event: StudyEvent): string | null {
  const known = new Set(['kind', ...RULES[event.kind].map(([field]) => field)])
  return Object.keys(event).find((field) => !known.has(field)) ?? null
}

function isKind(kind: unknown): kind is Fact['kind'] {
  return isText(kind) && Object.hasOwn(FIELDS, kind)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  const json = JSON.stringify(value)
  return json.length > 60 ? `${json.slice(0, 57)}…` : json
}
