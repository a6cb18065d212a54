import type { Context } from 'koa'
import { clientOf } from '../limits/client-address.ts'
import type { Limiter } from '../limits/limiter.ts'
import { isOwn } from '../limits/own-requests.ts'
import { answerRefusal } from '../sandbox/answer-refusals.ts'
import { sendError } from '../http/send-error.ts'
import { onlyReads } from '../sandbox/same-site.ts'
import type { SandboxGuard } from '../sandbox/sandbox-guard.ts'
import type { TraceKeeper } from '../trace/trace-log.ts'
import { DEFAULT_SANDBOX, type SandboxStore } from '../storage/storage.ts'
import { sendBusy } from './answers.ts'
import { WROTE_TOO_MUCH } from './limit-bytes.ts'
import type { Lookups } from './lookups.ts'
import { judgeRequest } from './judge-request.ts'
import { describeRequest } from './recorded/describe-request.ts'
import { Secrets } from './recorded/secrets.ts'
import type { RoomLedger, Rooms } from './rooms.ts'
import { admitRequest, playgroundOpen, trialOpen } from './rules/decide/requests.ts'
import { refuse, type Refusal } from './rules/decision.ts'
import { planned } from './rules/room-state.ts'

const CLOSED = refuse('not-allowed', 'The playground of this interview is closed at the moment.')

const ONLY_READS = refuse(
  'not-yet',
  'Until the first question, the playground only reads: send a GET request, such as GET /users/.',
)

interface GuardDeps {
  rooms: Rooms
  lookups: Lookups
  traces: TraceKeeper
  /** Counts what each address has recorded. */
  bytes: Limiter
}

/** The room that a sandbox belongs to; its ledger is null while the room is being deleted. */
interface Found {
  id: string
  ledger: RoomLedger | null
}

/**
 * Guards the sandboxes of interview rooms, however a request selects one. What a candidate sends is recorded with its response, or refused
 * with 403 while the playground is closed or the room is full of requests. Before the first question, what only reads passes without being
 * recorded, so that the candidate can try it out. What the page reads by itself is refused while the playground is
 * closed and otherwise not recorded: it changes nothing and shows what recorded requests did.
 */
export function guardRooms({ rooms, lookups, traces, bytes }: GuardDeps): SandboxGuard {
  /** Requests of each room that were admitted and are not recorded yet. */
  const underWay = new Map<string, number>()

  return {
    record: async (ctx, next) => {
      const found = await roomOf(ctx)
      // The requests of a burst are recorded with the burst.
      if (found === null || isOwn(ctx)) return next()
      const wait = await bytes.take(clientOf(ctx), 0)
      if (wait > 0) return sendBusy(ctx, 429, WROTE_TOO_MUCH, wait)
      const { id, ledger } = found
      if (!ledger?.state) return refuseWith(ctx, CLOSED)
      if (trialOpen(ledger.state, rooms.seen(ledger).now)) {
        return onlyReads(ctx) ? next() : refuseWith(ctx, ONLY_READS)
      }
      const question = admitRequest(ledger.state, rooms.seen(ledger).now, underWay.get(id) ?? 0)
      if (typeof question !== 'string') return refuseWith(ctx, question)
      // Nothing may be awaited between the decision and the count, or two requests could take one place.
      count(id, 1)
      try {
        await answerAndRecord(ctx, next, ledger, question)
      } finally {
        count(id, -1)
      }
    },
    show: async (ctx, next) => {
      const found = await roomOf(ctx)
      if (found === null) return next()
      const state = found.ledger?.state
      const { now } = rooms.seen(found.ledger ?? undefined)
      const open = state && (playgroundOpen(state, now) !== null || trialOpen(state, now))
      return open ? next() : refuseWith(ctx, CLOSED)
    },
  }

  /** @returns the room of the chosen sandbox with everything that any instance has written to it; null when it belongs to none */
  async function roomOf(ctx: Context): Promise<Found | null> {
    const { id } = ctx.state.sandbox as SandboxStore
    if (id === DEFAULT_SANDBOX) return null
    const entry = await lookups.roomOfSandbox(id)
    if (entry === null) return null
    const ledger = await rooms.get(entry.room)
    await ledger?.catchUp()
    if (ledger?.state) return { id: entry.room, ledger }
    // The room was deleted, perhaps by another instance: once that is done, its empty sandbox is like any other.
    lookups.forgetKnown(id)
    return (await lookups.roomOfSandbox(id)) === null ? null : { id: entry.room, ledger: null }
  }

  async function answerAndRecord(
    ctx: Context,
    next: () => Promise<unknown>,
    room: RoomLedger,
    question: string,
  ): Promise<void> {
    const began = performance.now()
    const failure = await next().then(
      () => null,
      (error: unknown) => ({ error }),
    )
    // The middleware that responds to errors is further out and will send the same again.
    if (failure && !answerRefusal(ctx, failure.error)) ctx.status = 500
    const took = Math.round(performance.now() - began)
    // If this throws, the candidate gets the error, so no response is sent that isn't recorded.
    const secrets = new Secrets()
    const request = { ...describeRequest(ctx, secrets), question, took }
    const task = room.state && planned(room.state, question)?.task
    const judgement = task ? await judgeRequest(ctx, task, { traces, secrets }) : null
    const refusal = await rooms.request(room, request, judgement)
    await bytes.take(clientOf(ctx), JSON.stringify([request, judgement]).length)
    if (refusal !== null) {
      // The room was deleted meanwhile, and its sandbox emptied perhaps before this request wrote to it.
      if (refusal.refused === 'unknown') await (ctx.state.sandbox as SandboxStore).reset()
      return refuseWith(ctx, CLOSED)
    }
    if (failure) throw failure.error
  }

  function count(room: string, by: number): void {
    const now = (underWay.get(room) ?? 0) + by
    if (now === 0) underWay.delete(room)
    else underWay.set(room, now)
  }
}

function refuseWith(ctx: Context, { message }: Refusal): void {
  sendError(ctx, 403, message)
}
