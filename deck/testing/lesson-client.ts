import { BurstReport } from '#contract/burst.ts'
import { evaluate, evidenceNeeded, type Check, type Evidence } from '#contract/evaluate.ts'
import type { Caller, Step } from '#contract/lesson.ts'
import { stepsToRun } from '#contract/run-plan.ts'
import { requestOf, savedFrom, savedFromTrace, type PlainRequest } from '#contract/request.ts'
import { Sandbox, StoreView } from '#contract/sandbox.ts'
import { TraceReport } from '#contract/trace.ts'
import type { Variables } from '#contract/variables.ts'

/** The longest wait that `/lab/wait` accepts. */
const MAX_WAIT_MS = 2_000

/** For one response on a busy machine: a path that never ends, such as a stream, must not hold everything up. */
const RESPONSE_TIMEOUT_MS = 60_000

/** The result of one claim. */
export interface ClaimOutcome {
  stepId: string
  claimId: string
  held: boolean
  checks: Check[]
  /** The request that was sent. */
  sent: PlainRequest
  /** What the claim was checked against, and what had been saved by then. */
  evidence: Evidence
  variables: Variables
}

/** One step that was run. */
export interface StepRun {
  step: Step
  sent: PlainRequest
  evidence: Evidence
  /** The step's own claims. */
  outcomes: ClaimOutcome[]
  /** Names of `save` whose value wasn't there. */
  unsaved: string[]
}

/** A learner without a browser: runs steps of lessons over HTTP in a sandbox of its own, as the playground does. */
export class LessonClient {
  readonly #address: string
  readonly #sandbox: Sandbox
  #variables: Record<string, unknown> = {}
  readonly #tokens = new Map<Caller, string>()

  constructor(address: string, sandbox: Sandbox) {
    this.#address = address
    this.#sandbox = sandbox
  }

  /** A client in a new sandbox of the app at `address`, such as `http://localhost:8000`. */
  static async open(address: string): Promise<LessonClient> {
    const answer = await fetch(`${address}/api/sandbox`)
    return new LessonClient(address, Sandbox.parse(await answer.json()))
  }

  /** Forgets saved values. */
  forget(): void {
    this.#variables = {}
  }

  /**
   * Runs one step after those that it needs.
   * @param options `longBursts`: whether handlers of a burst wait longer in a second try, where one that was sent as written didn't have
   *   the peak that its claims expect
   * @returns the results of its own claims
   */
  async run(steps: readonly Step[], id: string, { longBursts = true } = {}): Promise<ClaimOutcome[]> {
    return (await this.runStep(steps, id, { longBursts })).outcomes
  }

  /** Like `run`, with all that is known of the step itself. */
  async runStep(steps: readonly Step[], id: string, { longBursts = true } = {}): Promise<StepRun> {
    const plan = stepsToRun(steps, id, new Set(Object.keys(this.#variables)))
    for (const step of plan.slice(0, -1)) await this.#runOne(step, longBursts)
    return this.#runOne(plan.at(-1)!, longBursts)
  }

  /** One request in this client's sandbox, unless its headers name another one. */
  async send(request: PlainRequest, traceId = newTraceId()): Promise<Response> {
    const headers = new Headers(request.headers)
    if (!headers.has('X-Sandbox')) headers.set('X-Sandbox', this.#sandbox.id)
    headers.set('traceparent', `00-${traceId}-${newTraceId().slice(16)}-01`)
    const body = request.body === null ? null : new Blob([request.body])
    const signal = AbortSignal.timeout(RESPONSE_TIMEOUT_MS)
    return fetch(this.#address + request.path, { method: request.method, headers, body, signal })
  }

  async #runOne(step: Step, longBursts: boolean): Promise<StepRun> {
    if (step.fresh) await this.#own('POST', '/api/sandbox/reset')
    if (step.burst) return longBursts ? this.#runBurst(step) : this.#oneBurst(step)
    const sent = requestOf(step, this.#variables, await this.tokenOf(step.as))
    return this.#finish(step, sent, await this.#single(step, sent))
  }

  /**
   * On a busy machine the last request of a burst may start after the first one is over. Then the handlers wait as long as the lab allows,
   * and the claims must hold for that. What fails for another reason has failed.
   */
  async #runBurst(step: Step): Promise<StepRun> {
    const asWritten = await this.#oneBurst(step)
    if (asWritten.outcomes.every((outcome) => hasPeak(step, outcome))) return asWritten
    return this.#oneBurst(step, MAX_WAIT_MS)
  }

  async #oneBurst(step: Step, waitMs?: number): Promise<StepRun> {
    const sent = requestOf(step, this.#variables, null)
    return this.#finish(step, sent, await this.#burst(step, sent, waitMs))
  }

  /** Saves what the step saves, and checks its claims. */
  #finish(step: Step, sent: PlainRequest, evidence: Evidence): StepRun {
    const saved = { ...savedFrom(step, evidence.json), ...savedFromTrace(step, evidence.trace) }
    Object.assign(this.#variables, saved)
    const variables = { ...this.#variables }
    const outcomes = step.claims.map((claim) => {
      const checks = evaluate(claim.expect, evidence, variables)
      const held = checks.every((check) => check.ok)
      return { stepId: step.id, claimId: claim.id, held, checks, sent, evidence, variables }
    })
    const unsaved = Object.keys(step.save).filter((name) => !Object.hasOwn(saved, name))
    return { step, sent, evidence, outcomes, unsaved }
  }

  async #single(step: Step, sent: PlainRequest): Promise<Evidence> {
    const traceId = newTraceId()
    const answer = await this.send(sent, traceId)
    const text = await answer.text()
    const needed = evidenceNeeded(step)
    // A trace belongs to the sandbox of its request.
    const isElsewhere = sent.headers.some(([name]) => name.toLowerCase() === 'x-sandbox')
    const trace =
      (needed.trace || answer.redirected) && !isElsewhere
        ? TraceReport.parse(await this.#json(`/api/traces/${traceId}`))
        : null
    return {
      status: answer.redirected ? (trace?.requests[0]?.status ?? 0) : answer.status,
      headers: Object.fromEntries(answer.headers),
      text,
      json: parsed(text),
      trace,
      store: needed.store ? StoreView.parse(await this.#json('/api/sandbox/store')) : null,
      burst: null,
    }
  }

  async #burst(step: Step, sent: PlainRequest, waitMs?: number): Promise<Evidence> {
    const path = waitMs === undefined ? sent.path : sent.path.replace(/([?&]ms=)\d+/, `$1${waitMs}`)
    const body = JSON.stringify({ path, n: step.burst })
    const answer = await this.#own('POST', '/api/burst', body)
    const text = await answer.text()
    const json = parsed(text)
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      text,
      json,
      trace: null,
      store: null,
      burst: BurstReport.parse(json),
    }
  }

  /**
   * The access token of a seeded person, or null for no one and for a person who no longer exists. As in the playground, a person logs in
   * once: to check a password takes longer than most requests, and a token stays valid when the sandbox is reset.
   */
  async tokenOf(caller: Caller): Promise<string | null> {
    const known = this.#tokens.get(caller)
    if (known !== undefined) return known
    const person = this.#sandbox.people.find((one) => one.email.startsWith(`${caller}@`))
    if (!person) return null
    const body = new URLSearchParams({ username: person.email, password: person.password }).toString()
    const headers: PlainRequest['headers'] = [['Content-Type', 'application/x-www-form-urlencoded']]
    const answer = await this.send({ method: 'POST', path: '/login', headers, body })
    const { access_token: token } = (await answer.json()) as { access_token?: string }
    if (token !== undefined) this.#tokens.set(caller, token)
    return token ?? null
  }

  async #json(path: string): Promise<unknown> {
    return (await this.#own('GET', path)).json()
  }

  async #own(method: string, path: string, body: string | null = null): Promise<Response> {
    const answer = await this.send({ method, path, headers: [['Content-Type', 'application/json']], body })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
}

/** Whether as many handlers ran at once as the claim expects, if it expects that. */
function hasPeak({ claims }: Step, { claimId, evidence, variables }: ClaimOutcome): boolean {
  const peak = claims.find(({ id }) => id === claimId)?.expect.burst?.peak
  return peak === undefined || evaluate({ burst: { peak } }, evidence, variables).every(({ ok }) => ok)
}

function newTraceId(): string {
  return crypto.randomUUID().replaceAll('-', '')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
