import type { Step } from '#contract/lesson.ts'
import { requestOf, savedFrom, type PlainRequest } from '#contract/request.ts'
import { variablesIn } from '#contract/variables.ts'
import { sendBurst } from '../api/burst.ts'
import { ApiFailure, STAYED_BUSY } from '../../api/call.ts'
import { asSent, SendFailure, sendToTwin, type Answer } from '../api/twin.ts'
import { isBusy, whileBusy } from '../../api/while-busy.ts'
import { usePeopleStore } from './people-store.ts'
import { usePlaygroundStore } from './playground-store.ts'
import { asBrowserSends } from '../request/browser-headers.ts'
import { draftOf, sameDraft, type Draft } from '../request/draft.ts'
import { stateOf, type Exchange, type Outcome } from './exchange.ts'
import { judge } from './judge.ts'
import { requestOfDraft } from '../request/request-of-draft.ts'
import { newTrace } from './traceparent.ts'

export interface SendOrder {
  draft: Draft
  /** Key of the draft; null for one that stands nowhere. */
  from: string | null
  step: Step | null
  /** The lesson whose variables are used and saved into; '' outside of lessons. */
  slug: string
  signal: AbortSignal
}

type Sent = Pick<Exchange, 'request' | 'outcome' | 'traceId' | 'at'>

/**
 * Sends a draft, saves what its step saves, holds the step's claims against what came and puts it all into the history.
 * What goes wrong becomes an outcome that says so.
 * @throws an AbortError when `signal` says to stop
 */
export async function send({ draft, from, step, slug, signal }: SendOrder): Promise<Exchange> {
  const store = usePlaygroundStore()
  const original = step !== null && sameDraft(draft, draftOf(step)) ? step : null
  if (original) store.setState(slug, original.id, 'running')
  const sent = await deliver({ draft, from, step: original, slug, signal }).catch((error: unknown) => {
    if (original) store.setState(slug, original.id, 'waiting')
    throw error
  })
  const { besides, notes } = bookkeeping()
  await besides('Values from this response were not saved', () => {
    const { json, text } = answerOf(sent.outcome)
    if (step) store.save(slug, savedFrom(step, json, text))
  })
  await besides('The user that was created can’t be selected as caller', () => rememberCreated(sent))
  const found = (await besides('Claims were not checked', () =>
    judge(original?.claims ?? [], sent, store.variables[slug] ?? {}),
  )) ?? { claims: [], trace: null }
  if (original) store.setState(slug, original.id, stateOf({ outcome: sent.outcome, claims: found.claims }))
  const about = step && { slug, id: step.id, title: step.title }
  const edited = step !== null && original === null
  return store.record({ ...sent, ...found, notes, draft, from, step: about, edited })
}

/** What is done with an answer after it came must not take it away: what fails is noted beside it. */
function bookkeeping() {
  const notes: string[] = []
  async function besides<T>(failure: string, job: () => T | Promise<T>): Promise<T | null> {
    try {
      return await job()
    } catch (error) {
      notes.push(`${failure}: ${error instanceof Error ? error.message : String(error)}`)
      return null
    }
  }
  return { besides, notes }
}

async function deliver(order: SendOrder): Promise<Sent> {
  const { draft, step, slug } = order
  const variables = usePlaygroundStore().variables[slug] ?? {}
  const build = (token: string | null): PlainRequest =>
    asBrowserSends(step ? requestOf(step, variables, token) : requestOfDraft(draft, variables, token))
  try {
    await usePeopleStore().open()
    if (draft.burst !== null) return await deliverBurst(build(null), draft.burst, order)
    const token = draft.caller === 'nobody' ? null : await usePeopleStore().tokenFor(draft.caller)
    const first = await deliverOnce(build(token), order)
    return token !== null && turnedDown(first, token) ? await again(first, token, build, order) : first
  } catch (error) {
    if (!(error instanceof ApiFailure || error instanceof SendFailure)) throw error
    const busy = error instanceof ApiFailure && error.busy
    const outcome: Outcome = { kind: 'failure', message: error.message, busy }
    return { request: build(null), outcome, traceId: newTrace().id, at: new Date().toISOString() }
  }
}

/** A token may have ended or been made under another key: one more try with a new one. A person who is gone gets none; then the 401 is the answer. */
async function again(
  first: Sent,
  refused: string,
  build: (token: string) => PlainRequest,
  order: SendOrder,
): Promise<Sent> {
  const token = await usePeopleStore()
    .tokenFor(order.draft.caller, refused)
    .catch(() => null)
  if (token === null) return first
  return deliverOnce(build(token), order).catch((error: unknown) => {
    if (error instanceof SendFailure || error instanceof ApiFailure) return first
    throw error
  })
}

function turnedDown({ request, outcome }: Sent, token: string): boolean {
  const ours = request.headers.some(([, value]) => value === `Bearer ${token}`)
  return ours && outcome.kind === 'answer' && outcome.answer.status === 401
}

async function deliverOnce(request: PlainRequest, { draft, signal }: SendOrder): Promise<Sent> {
  if (!draft.asWritten) refuseUnfilled(request)
  const plain = asSent(request)
  // Each try is a trace of its own: in the last one is what happened.
  const send = async (): Promise<Sent & { answer: Answer }> => {
    const { id, traceparent } = newTrace()
    const at = new Date().toISOString()
    const answer = await sendToTwin(plain, traceparent, signal)
    return { request: plain, outcome: { kind: 'answer', answer }, traceId: id, at, answer }
  }
  const headersOf = ({ answer }: { answer: Answer }): Headers => new Headers(answer.headers)
  const { answer, ...sent } = await whileBusy(send, headersOf, { signal })
  if (isBusy(new Headers(answer.headers))) throw new ApiFailure(STAYED_BUSY, answer.status, true)
  return sent
}

async function deliverBurst(request: PlainRequest, n: number, { draft, signal }: SendOrder): Promise<Sent> {
  if (!draft.asWritten) refuseUnfilled(request)
  const at = new Date().toISOString()
  const started = performance.now()
  const report = await sendBurst({ path: request.path, n }, signal)
  const outcome: Outcome = { kind: 'burst', report, ms: performance.now() - started }
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

function answerOf(outcome: Outcome): { json?: unknown; text?: string } {
  return outcome.kind === 'answer' ? outcome.answer : {}
}

/** Whom a POST to /users/ has created can call from now on. */
function rememberCreated({ request, outcome }: Sent): void {
  if (outcome.kind !== 'answer' || outcome.answer.status !== 201 || request.method !== 'POST') return
  if (!/^\/users\/?(\?|$)/.test(request.path)) return
  const made = outcome.answer.json as { id?: unknown; name?: unknown; email?: unknown } | null | undefined
  if (typeof made?.id !== 'number' || typeof made.name !== 'string' || typeof made.email !== 'string') return
  // Python reads past a mark of byte order, too.
  const asked = JSON.parse((request.body ?? '').replace(/^\u{feff}/u, '')) as { password?: unknown } | null
  if (typeof asked?.password !== 'string') return
  usePeopleStore().remember({ id: made.id, name: made.name, email: made.email, password: asked.password })
}
