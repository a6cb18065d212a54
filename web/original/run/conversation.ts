import type { OriginalAnswer, OriginalTab } from '#contract/original-tab/engine.ts'
import { evidenceNeeded, type Evidence } from '#contract/evaluate.ts'
import type { Step } from '#contract/lesson.ts'
import { savedFrom, savedFromTrace, type PlainRequest } from '#contract/request.ts'
import { variablesIn, type Variables } from '#contract/variables.ts'
import { jsonOf, toSentRequest } from '../../playground/api/send-request.ts'
import { foreignOrigin, toBrowserRequest } from '../../playground/request/browser-headers.ts'
import type { RequestDraft } from '../../playground/request/draft.ts'
import { requestOfDraft } from '../../playground/request/request-of-draft.ts'
import { judge, type Judgement } from './judge.ts'
import { createdPerson, SEEDED_PEOPLE } from './seeded-people.ts'

/** What the original answered, after redirects were followed as a browser does. */
export interface Reply {
  request: PlainRequest
  /** Of the first response, as claims mean it. */
  firstStatus: number
  answer: OriginalAnswer
  /** `undefined` when the body isn't JSON. */
  json: unknown
  redirected: boolean
  judgements: Judgement[]
}

/** `left-out`: it wasn't asked, for the reason given. */
export type Outcome = { kind: 'reply'; reply: Reply } | { kind: 'left-out'; because: string }

export interface Question {
  draft: RequestDraft
  /** The step whose claims are judged and whose values are saved; null for an edited request or one of no lesson. */
  step: Step | null
  /** The lesson whose saved values it uses, or ''. */
  slug: string
  traceLines?: boolean
}

const MAX_REDIRECTS = 5
const BURST = 'Many requests at once are for the twin: WebAssembly has no threads.'
const OWN_TOKEN =
  'Its token was signed by the twin. The original signs with a key of its own, and would refuse it for that alone.'

/**
 * The original's side of what is asked of both: tokens that it signed itself, and values that its own answers saved.
 * `ask` throws OriginalFault, and SendFailure for what no browser can send.
 */
export function createConversation(tab: OriginalTab) {
  const saved: Record<string, Variables> = {}
  const people = new Map(Object.entries(SEEDED_PEOPLE))
  const tokens = new Map<string, string>()

  async function ask({ draft, step, slug, traceLines = false }: Question): Promise<Outcome> {
    if (draft.burst !== null) return leftOut(BURST)
    // A step of a lesson names only tokens that no server signed.
    if (step === null && hasTokenOfTwin(draft)) return leftOut(OWN_TOKEN)
    const token = draft.caller === 'nobody' ? null : await tokenFor(draft.caller)
    if (token === undefined) return leftOut(`${draft.caller} can’t log in there.`)
    const request = sentRequest(requestOfDraft(draft, saved[slug] ?? {}, token))
    const missing = draft.asWritten ? [] : variablesIn([request.path, request.headers, request.body])
    if (missing.length > 0) return leftOut(`It has no value for ${missing.join(', ')} yet.`)
    const { first, last, path } = await follow(request, traceLines)
    const person = createdPerson(request, first.status)
    if (person) people.set(person.email, person)
    const json = jsonOf(headersOf(last)['content-type'] ?? '', last.text)
    const evidence = { ...evidenceOf(first, last, json), store: await rowsFor(step) }
    if (step) {
      const found = { ...savedFrom(step, json, last.text), ...savedFromTrace(step, evidence.trace) }
      saved[slug] = { ...saved[slug], ...found }
    }
    const judgements = step?.claims.map((claim) => judge(claim, evidence, saved[slug] ?? {})) ?? []
    const reply = { ...{ request, answer: last, json, judgements }, firstStatus: first.status }
    return { kind: 'reply', reply: { ...reply, redirected: path !== request.path } }
  }

  const rowsFor = (step: Step | null) => (step && evidenceNeeded(step).store ? tab.rows() : null)

  /** @returns undefined when the login is refused: the user was deleted or has another password now */
  async function tokenFor(caller: string): Promise<string | undefined> {
    const known = tokens.get(caller)
    const person = people.get(caller)
    if (known !== undefined || !person) return known
    const body = new URLSearchParams({ username: person.email, password: person.password }).toString()
    const headers = [['content-type', 'application/x-www-form-urlencoded']] as const
    const { text } = await tab.send({ method: 'POST', path: '/login', headers, body })
    const json = jsonOf('application/json', text) as { access_token?: unknown } | undefined
    if (typeof json?.access_token !== 'string') return undefined
    tokens.set(caller, json.access_token)
    return json.access_token
  }

  async function follow(request: PlainRequest, traceLines: boolean) {
    let { method, path, body } = request
    const send = () => tab.send({ ...request, method, path, body }, { traceLines })
    const first = await send()
    let last = first
    for (let hops = 0; hops < MAX_REDIRECTS; hops++) {
      const target = headersOf(last).location
      if (last.status < 300 || last.status >= 400 || target === undefined) break
      const address = new URL(target, new URL(path, location.origin))
      path = address.pathname + address.search
      if (last.status < 307 && method !== 'HEAD') [method, body] = ['GET', null]
      last = await send()
    }
    return { first, last, path }
  }

  /** Forgets tokens that name people of a database that is gone. */
  function restart(): void {
    tokens.clear()
    people.clear()
    for (const [name, person] of Object.entries(SEEDED_PEOPLE)) people.set(name, person)
  }

  return { ask, restart }
}

const leftOut = (because: string): Outcome => ({ kind: 'left-out', because })

/** A signed token that someone wrote into the request, instead of a variable. */
function hasTokenOfTwin({ headers }: RequestDraft): boolean {
  const isToken = /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/
  return headers.some(({ name, value }) => /^authorization$/i.test(name) && isToken.test(value))
}

/** With the headers that a browser adds to a request of a page. */
function sentRequest(built: PlainRequest): PlainRequest {
  const request = toSentRequest(toBrowserRequest(built))
  const own: [string, string][] = [['Host', location.host]]
  const names = !/^(GET|HEAD)$/.test(request.method) && foreignOrigin(request.headers) === null
  if (names) own.push(['Origin', location.origin])
  return { ...request, headers: [...own, ...request.headers] }
}

/** By lower-case name; several of one name are one, as `fetch` shows them. */
export function headersOf({ headers }: Pick<OriginalAnswer, 'headers'>): Record<string, string> {
  const all: Record<string, string> = {}
  for (const [name, value] of headers) {
    const before = all[name.toLowerCase()]
    all[name.toLowerCase()] = before === undefined ? value : `${before}, ${value}`
  }
  return all
}

function evidenceOf(first: OriginalAnswer, last: OriginalAnswer, json: unknown): Omit<Evidence, 'store'> {
  const redirects = first === last ? [] : first.trace.requests
  const trace = { ...last.trace, requests: [...redirects, ...last.trace.requests] }
  return { status: first.status, headers: headersOf(last), text: last.text, json, trace, burst: null }
}
