import type { Evidence } from '#contract/evaluate.ts'
import { tokensOf, VerbatimJson } from '#contract/json-text.ts'
import { payloadOf } from '#contract/jwt-part.ts'
import type { Caller, Step } from '#contract/lesson.ts'
import { requestOf, type PlainRequest } from '#contract/request.ts'
import type { Person } from '#contract/sandbox.ts'
import { meaningOf } from '#contract/status-meaning.ts'
import { variablesIn, type Variables } from '#contract/variables.ts'
import { METHODS, withoutEmpty, type Pair, type RequestDraft } from '../request/draft.ts'
import { requestOfDraft } from '../request/request-of-draft.ts'
import type { Exchange } from '../run/exchange.ts'
import { CannotWrite } from './request-text.ts'
import { expectationOf } from './step-expectation.ts'

/** Something that was sent in the playground, and what it led to. */
export interface Sent {
  draft: RequestDraft
  /** The step it was sent for, if any. */
  step: Exchange['step']
  /** Whether the request differs from that step's. */
  edited: boolean
  evidence: Evidence
  /** What the lesson's steps had saved. */
  variables: Variables
  /** The sandbox's seeded people and those created in it. */
  people: readonly Person[]
}

/** A content check refuses these words until the author has replaced them. */
const SENTENCE = 'Copy the words of lesson.md that this shows'

const CALLERS: readonly Caller[] = ['ada', 'grace', 'alan']
const TOKEN = /\b(eyJ[\w-]+\.[\w-]*\.)[\w-]+/g

/**
 * What was sent as steps of a lesson: one, after those that sign up and log in a caller whom not every sandbox has.
 * Tokens become callers or variables; a token that was refused keeps what can be read in it, without its signature.
 * @throws CannotWrite for a request that no step can describe
 */
export function lessonSteps(sent: Sent): Step[] {
  // What a lesson has in its own files is no secret.
  const { caller, ...draft } = sent.step && !sent.edited ? withoutEmpty(sent.draft) : withoutTokens(sent)
  const person = sent.people.find(({ email }) => email === caller)
  const first = person && signUp(person, sent.step?.after ?? [])
  const step = { ...aboutStep(sent), ...requestPart(draft, sent.variables) }
  if (!first) return [{ ...step, as: CALLERS.find((name) => name === caller) ?? 'nobody' }]
  const after = [...step.after, ...first.map(({ id }) => id)]
  const headers = { ...step.headers, Authorization: 'Bearer {{token}}' }
  return [...first, { ...step, as: 'nobody', fresh: false, after, headers }]
}

/** The draft without secrets of this sandbox. */
function withoutTokens({ draft, evidence, people }: Sent): RequestDraft {
  const named = draft.headers.find(({ name }) => name.trim().toLowerCase() === 'authorization')
  const { sub } = (payloadOf(named?.value.replace(/^bearer /i, '')) ?? {}) as { sub?: unknown }
  const holder = evidence.status === 401 ? undefined : people.find(({ id }) => String(id) === sub)
  const readable = (text: string): string => text.replaceAll(TOKEN, '$1signature')
  const pairs = (list: readonly Pair[]): Pair[] =>
    list.map(({ name, value }) => ({ name, value: readable(value) }))
  const headers = draft.headers.filter(
    (header) => header.name.trim().toLowerCase() !== 'x-sandbox' && !(holder && header === named),
  )
  return {
    ...withoutEmpty(draft),
    path: readable(draft.path),
    headers: pairs(headers),
    body: readable(draft.body),
    form: pairs(draft.form),
    ...(holder && { caller: keyOf(holder) }),
  }
}

function keyOf({ name, email }: Person): string {
  return CALLERS.find((caller) => email === `${caller}@example.com`) ?? (email || name)
}

/** Creates a person, and saves a token of theirs. */
function signUp({ name, email, password }: Person, after: readonly string[]): Step[] {
  const who = slugOf(name)
  const common = { as: 'nobody' as const, method: 'POST' as const, headers: {}, claims: [] }
  return [
    {
      ...common,
      id: `sign-up-${who}`,
      title: cut(`Sign up ${name}`),
      note: 'The next steps need this user.',
      fresh: after.length === 0,
      after: [...after],
      path: '/users/',
      json: { name, email, password },
      save: {},
    },
    {
      ...common,
      id: `log-in-${who}`,
      title: cut(`Log in ${name}`),
      note: 'The token is saved for the next step.',
      fresh: false,
      after: [`sign-up-${who}`],
      path: '/login',
      form: { username: email, password },
      save: { token: 'access_token' },
    },
  ]
}

function aboutStep({
  draft,
  step,
  evidence,
  variables,
}: Sent): Omit<Step, 'as' | 'method' | 'path' | 'headers'> {
  const title = step?.title ?? cut(`${draft.method} ${draft.path}`)
  const { status, burst } = evidence
  const outcome = burst
    ? `${burst.lanes.filter((lane) => lane.status === 200).length} of ${burst.n} requests get a 200.`
    : `The response is ${status} ${meaningOf(status).name}.`
  const used = variablesIn([draft.path, draft.headers, draft.body, draft.form]).flatMap((name) => {
    const value = variables[name]
    return value === undefined ? [] : [[name, value instanceof VerbatimJson ? value.value : value] as const]
  })
  return {
    id: step?.id ?? slugOf(title),
    title,
    note: step?.note ?? outcome,
    fresh: step ? step.fresh : true,
    after: step ? [...step.after] : [],
    save: step?.save ?? {},
    ...(burst && { burst: burst.n }),
    claims: [
      {
        id: burst ? 'every-response' : `responds-${status}`,
        sentence: SENTENCE,
        shows: outcome,
        expect: expectationOf(evidence, used),
      },
    ],
  }
}

function slugOf(text: string): string {
  const words = text.toLowerCase().match(/[a-z\d]+/g) ?? []
  return words.join('-').slice(0, 40).replace(/-$/, '') || 'step'
}

/** A title has at least three characters and at most seventy. */
function cut(title: string): string {
  return (title.length > 70 ? `${title.slice(0, 69)}…` : title).padEnd(3, '…')
}

type RequestPart = Pick<Step, 'method' | 'path' | 'headers' | 'json' | 'form' | 'text'>

function requestPart(draft: Omit<RequestDraft, 'caller'>, variables: Variables): RequestPart {
  const method = METHODS.find((known) => known === draft.method)
  if (!method) throw new CannotWrite(`A step uses one of ${METHODS.join(', ')}, not ${draft.method}.`)
  if (!draft.path.startsWith('/')) throw new CannotWrite('A step’s path starts with /.')
  const braces = variablesIn([draft.path, draft.headers, draft.body, draft.form])
  if (draft.asWritten && braces.length > 0)
    throw new CannotWrite(
      `{{${braces[0]}}} is a variable in steps.yaml, which has no way to send the braces.`,
    )
  const wanted = requestOfDraft({ ...draft, caller: 'nobody' }, variables, null)
  const headers = Object.fromEntries(draft.headers.map(({ name, value }) => [name.trim(), value]))
  for (const body of bodies(draft, headers)) {
    const part = { method, path: draft.path, headers, ...body }
    if (isSame(requestOf({ ...EMPTY, ...part }, variables, null), wanted)) return part
  }
  throw new CannotWrite('A step has each header once, and a JSON, form or text body.')
}

const EMPTY: Step = {
  ...{ id: '', title: '', note: '', as: 'nobody', method: 'GET', path: '/', headers: {} },
  ...{ save: {}, fresh: false, after: [], claims: [] },
}

/** How a step may describe the body, best first; the last one sends exactly the same characters. */
function bodies(
  draft: Omit<RequestDraft, 'caller'>,
  headers: Record<string, string>,
): Partial<RequestPart>[] {
  const { kind, body, form } = draft
  const asText = (text: string, type: string): Partial<RequestPart> => {
    const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
    return { text, headers: hasType ? headers : { ...headers, 'Content-Type': type } }
  }
  if (kind === 'none') return [{}]
  if (kind === 'text') return [{ text: body }]
  if (kind === 'json') {
    const isPlain = tokensOf(body) !== null && !body.includes('__proto__')
    const json = isPlain ? [{ json: JSON.parse(body) as Step['json'] }] : []
    return [...json, asText(body, 'application/json')]
  }
  const fields = form.map(({ name, value }): [string, string] => [name.trim(), value])
  return [
    { form: Object.fromEntries(fields) },
    asText(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded'),
  ]
}

function isSame(one: PlainRequest, other: PlainRequest): boolean {
  return JSON.stringify(comparable(one)) === JSON.stringify(comparable(other))
}

function comparable({ method, path, headers, body }: PlainRequest): unknown[] {
  const sorted = headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`).sort()
  return [method, path, sorted, body === null ? null : (tokensOf(body) ?? body)]
}
