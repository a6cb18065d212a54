import type { Step } from '#contract/lesson.ts'
import { requestOf, savedFrom, type PlainRequest } from '#contract/request.ts'
import { variablesIn } from '#contract/variables.ts'
import { sendBurst } from '../api/burst.ts'
import { ApiFailure, STAYED_BUSY } from '../../api/call.ts'
import { newTrace, toSentRequest, SendFailure, sendRequest, type Answer } from '../api/send-request.ts'
import { isBusy, whileBusy } from '../../api/while-busy.ts'
import { usePeopleStore } from './people-store.ts'
import { usePlaygroundStore } from './playground-store.ts'
import { foreignOrigin, toBrowserRequest } from '../request/browser-headers.ts'
import { draftOf, sameDraft, type RequestDraft } from '../request/draft.ts'
import { stateOf, type Exchange, type SendOutcome } from './exchange.ts'
import { checkClaims } from './check-claims.ts'
import { requestOfDraft } from '../request/request-of-draft.ts'

export interface SendOptions {
  draft: RequestDraft
  /** Key of the draft; null for a request that was never in the editor. */
  from: string | null
  step: Step | null
  /** The lesson whose variables are read and written; '' outside of lessons. */
  slug: string
  signal: AbortSignal
}

type Delivery = Pick<Exchange, 'request' | 'outcome' | 'traceId' | 'at'>

/**
 * Sends a draft, saves the values that its step asks for, checks the step's claims and adds the exchange to the history.
 * A failure to send becomes an outcome with a message.
 * @throws an AbortError when `signal` aborts
 */
export async function send({ draft, from, step, slug, signal }: SendOptions): Promise<Exchange> {
  const store = usePlaygroundStore()
  const original = step !== null && sameDraft(draft, draftOf(step)) ? step : null
  if (original) store.setState(slug, original.id, 'running')
  const sent = await deliver({ draft, from, step: original, slug, signal }).catch((error: unknown) => {
    if (original) store.setState(slug, original.id, 'waiting')
    throw error
  })
  const { attempt, notes } = followUpWork()
  await attempt('Values from this response were not saved', () => {
    const { json, text } = answerOf(sent.outcome)
    if (step) store.save(slug, savedFrom(step, json, text))
  })
  await attempt('The user that was created can’t be selected as caller', () => rememberCreatedUser(sent))
  const { saved, ...found } = (await attempt('Claims were not checked', () =>
    checkClaims(original, sent, store.variables[slug] ?? {}),
  )) ?? { claims: [], trace: null, saved: {} }
  if (Object.keys(saved).length > 0)
    await attempt('Values from this trace were not saved', () => store.save(slug, saved))
  if (original) store.setState(slug, original.id, stateOf({ outcome: sent.outcome, claims: found.claims }))
  const sentFor = step && { slug, ...step }
  const edited = step !== null && original === null
  return store.record({ ...sent, ...found, notes, draft, from, step: sentFor, edited })
}

/** Work that follows a response must not lose the response: a failure becomes a note beside it. */
function followUpWork() {
  const notes: string[] = []
  async function attempt<T>(failure: string, job: () => T | Promise<T>): Promise<T | null> {
    try {
      return await job()
    } catch (error) {
      notes.push(`${failure}: ${error instanceof Error ? error.message : String(error)}`)
      return null
    }
  }
  return { attempt, notes }
}

async function deliver(options: SendOptions): Promise<Delivery> {
  const { draft, step, slug } = options
  const variables = usePlaygroundStore().variables[slug] ?? {}
  const build = (token: string | null): PlainRequest =>
    toBrowserRequest(step ? requestOf(step, variables, token) : requestOfDraft(draft, variables, token))
  try {
    await usePeopleStore().open()
    if (draft.burst !== null) return await deliverBurst(build(null), draft.burst, options)
    const token = draft.caller === 'nobody' ? null : await usePeopleStore().tokenFor(draft.caller)
    const first = await deliverOnce(build(token), options)
    return token !== null && wasRejected(first, token)
      ? await retryWithNewToken(first, token, build, options)
      : first
  } catch (error) {
    if (!(error instanceof ApiFailure || error instanceof SendFailure)) throw error
    const busy = error instanceof ApiFailure && error.busy
    const outcome: SendOutcome = { kind: 'failure', message: error.message, busy }
    return { request: build(null), outcome, traceId: newTrace().id, at: new Date().toISOString() }
  }
}

/** The token may have expired or been signed with an old key: one more try with a new one. For a deleted user there is none, and the 401 stands. */
async function retryWithNewToken(
  first: Delivery,
  refused: string,
  build: (token: string) => PlainRequest,
  options: SendOptions,
): Promise<Delivery> {
  const token = await usePeopleStore()
    .tokenFor(options.draft.caller, refused)
    .catch(() => null)
  if (token === null) return first
  return deliverOnce(build(token), options).catch((error: unknown) => {
    if (error instanceof SendFailure || error instanceof ApiFailure) return first
    throw error
  })
}

function wasRejected({ request, outcome }: Delivery, token: string): boolean {
  const isOurs = request.headers.some(([, value]) => value === `Bearer ${token}`)
  return isOurs && outcome.kind === 'answer' && outcome.answer.status === 401
}

async function deliverOnce(request: PlainRequest, { draft, signal }: SendOptions): Promise<Delivery> {
  if (!draft.asWritten) refuseUnfilled(request)
  const plain = toSentRequest(request)
  const origin = foreignOrigin(plain.headers)
  // Each attempt has its own trace; the last one shows what happened.
  const send = async (): Promise<Delivery & { answer: Answer }> => {
    const { id, traceparent } = newTrace()
    const at = new Date().toISOString()
    const answer =
      origin === null
        ? await sendRequest(plain, traceparent, signal)
        : await (await import('../api/cross-origin.ts')).sendCrossOrigin(plain, origin, traceparent, signal)
    return { request: plain, outcome: { kind: 'answer', answer }, traceId: id, at, answer }
  }
  const headersOf = ({ answer }: { answer: Answer }): Headers => new Headers(answer.headers)
  const { answer, ...sent } = await whileBusy(send, headersOf, { signal })
  if (isBusy(new Headers(answer.headers))) throw new ApiFailure(STAYED_BUSY, answer.status, true)
  return sent
}

async function deliverBurst(
  request: PlainRequest,
  n: number,
  { draft, signal }: SendOptions,
): Promise<Delivery> {
  if (!draft.asWritten) refuseUnfilled(request)
  const at = new Date().toISOString()
  const started = performance.now()
  const report = await sendBurst({ path: request.path, n }, signal)
  const outcome: SendOutcome = { kind: 'burst', report, ms: performance.now() - started }
  return { request, outcome, traceId: '', at }
}

function refuseUnfilled(request: PlainRequest): void {
  const missing = variablesIn([request.path, request.headers, request.body])
  if (missing.length === 0) return
  const names = missing.map((name) => `{{${name}}}`).join(', ')
  throw new SendFailure(
    `No value for ${names} yet: an earlier step saves it from its response. Run that step, type a value, or send the braces literally.`,
  )
}

function answerOf(outcome: SendOutcome): { json?: unknown; text?: string } {
  if (outcome.kind === 'burst') return { json: outcome.report }
  return outcome.kind === 'answer' ? outcome.answer : {}
}

/** Makes a user created by POST /users/ available as a caller. */
function rememberCreatedUser({ request, outcome }: Delivery): void {
  if (outcome.kind !== 'answer' || outcome.answer.status !== 201 || request.method !== 'POST') return
  if (!/^\/users\/?(\?|$)/.test(request.path)) return
  const created = outcome.answer.json as { id?: unknown; name?: unknown; email?: unknown } | null | undefined
  if (
    typeof created?.id !== 'number' ||
    typeof created.name !== 'string' ||
    typeof created.email !== 'string'
  )
    return
  // Python skips a byte order mark, too.
  const sentBody = JSON.parse((request.body ?? '').replace(/^\u{feff}/u, '')) as { password?: unknown } | null
  if (typeof sentBody?.password !== 'string') return
  usePeopleStore().remember({
    id: created.id,
    name: created.name,
    email: created.email,
    password: sentBody.password,
  })
}
