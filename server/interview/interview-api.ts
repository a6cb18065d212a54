import Router from '@koa/router'
import type { Context } from 'koa'
import { HostCommand, type CommandAnswer } from '#contract/interview/commands.ts'
import { CreateInterview, InterviewCommand, type Interviewer } from '#contract/interview/interview.ts'
import { Sharing } from '#contract/interview/sharing.ts'
import { clientOf } from '../limits/client-address.ts'
import type { Limits } from '../limits/limiter.ts'
import { readJson } from '../http/read-json.ts'
import { sendError } from '../http/send-error.ts'
import type { TraceKeeper } from '../trace/trace-log.ts'
import { sendBusy, sendNotFound, sendRefusal } from './answers.ts'
import { isLedger, type InterviewLedger, type Interviews } from './interviews.ts'
import { keyHashOf } from '../http/bearer-key.ts'
import { limitBytes } from './limit-bytes.ts'
import type { RoomStreams } from './room-streams.ts'
import type { RoomLedger, Rooms } from './rooms.ts'
import { interviewerOf, interviewView, type InterviewState } from './rules/interview/interview-state.ts'
import { acrossFor } from './rules/report/across.ts'
import { candidateReportPreview } from './rules/report/candidate-report.ts'
import { gridFor } from './rules/report/grid.ts'
import { reportFor } from './rules/report/report.ts'
import type { RoomState } from './rules/room-state.ts'
import { replayOf } from './rules/views/replay.ts'

export interface InterviewApiDeps {
  interviews: Interviews
  rooms: Rooms
  streams: RoomStreams
  traces: TraceKeeper
  limits: Limits
  /** What links begin with, if known. */
  publicUrl: string | null
}

/** An interview whose key was right. */
interface Entered {
  ledger: InterviewLedger
  state: InterviewState
  me: Interviewer
  keyHash: string
}

interface InRoom extends Entered {
  room: RoomLedger
  roomState: RoomState
}

/**
 * The interviewers' side, under `/api/interviews`. Every request but the first carries the key of a host link as a bearer token;
 * without the right key, the interview appears not to exist.
 */
export function createInterviewApi(deps: InterviewApiDeps): Router {
  const { interviews, rooms, streams, traces, limits, publicUrl } = deps
  const router = new Router({ prefix: '/api/interviews' })
  router.use(limitBytes(limits.interviewBytes))

  router.post('/', async (ctx) => {
    const wanted = await readJson(ctx, CreateInterview)
    if (wanted === null) return
    const wait = (await interviews.get(wanted.id)) === null ? await limits.interviews.take(clientOf(ctx)) : 0
    if (wait > 0) return sendBusy(ctx, 429, 'Too many interviews from your address', wait)
    const made = await interviews.create(wanted)
    if (!isLedger(made)) return sendRefusal(ctx, made)
    ctx.status = 201
    if (made.state) ctx.body = interviewView(made.state, wanted.interviewer, publicUrl)
  })

  router.get('/:interview', async (ctx) => {
    const entered = await enter(ctx)
    if (entered) ctx.body = interviewView(entered.state, entered.me, publicUrl)
  })

  router.delete('/:interview', async (ctx) => {
    const entered = await enter(ctx)
    if (entered === null) return
    if (entered.me.id !== entered.state.owner) {
      return sendError(ctx, 403, 'Only the interviewer who created the interview can delete it')
    }
    await interviews.remove(entered.ledger)
    ctx.status = 204
  })

  router.post('/:interview/commands', async (ctx) => {
    const entered = await enter(ctx)
    const command = entered && (await readJson(ctx, InterviewCommand))
    if (!entered || !command) return
    if (command.type === 'add-room' && !entered.state.rooms.some(({ room }) => room === command.room.room)) {
      // Each room has its own sandbox.
      const wait = await limits.sandboxes.take(clientOf(ctx))
      if (wait > 0) return sendBusy(ctx, 429, 'Too many rooms and sandboxes from your address', wait)
    }
    const refusal = await interviews.command(entered.ledger, entered.me.id, command)
    if (refusal) return sendRefusal(ctx, refusal)
    sendNumber(ctx, entered.ledger.state?.number ?? 0)
  })

  router.get('/:interview/grid', async (ctx) => {
    const entered = await enter(ctx)
    if (entered === null) return
    const current = entered.state.interviewers.filter(({ removed }) => !removed)
    const interviewers = new Set(current.map(({ id }) => id))
    const states = await statesOf(entered.state)
    ctx.body = gridFor(entered.state.plan, states, entered.me, { ...viewOf(ctx), interviewers })
  })

  router.get('/:interview/across', async (ctx) => {
    const entered = await enter(ctx)
    if (entered === null) return
    const { state, me } = entered
    ctx.body = acrossFor(state.plan, await statesOf(state), me.id, viewOf(ctx).now)
  })

  router.get('/:interview/rooms/:room/stream', async (ctx) => {
    const inRoom = await enterRoom(ctx)
    if (inRoom === null) return
    const { ledger: interview, room, keyHash } = inRoom
    await streams.host(ctx, { interview, room, keyHash, hideNames: viewOf(ctx).hideNames, publicUrl })
  })

  router.post('/:interview/rooms/:room/commands', async (ctx) => {
    const inRoom = await enterRoom(ctx)
    const command = inRoom && (await readJson(ctx, HostCommand))
    if (!inRoom || !command) return
    const refusal = await rooms.host(inRoom.room, inRoom.me, command)
    if (refusal) return sendRefusal(ctx, refusal)
    sendNumber(ctx, inRoom.room.state?.number ?? 0)
  })

  router.get('/:interview/rooms/:room/report', async (ctx) => {
    const inRoom = await enterRoom(ctx)
    if (inRoom) ctx.body = reportFor(inRoom.roomState, inRoom.me, viewOf(ctx))
  })

  // A preview: it changes nothing, and what to include is too much for an address.
  router.post('/:interview/rooms/:room/candidate-report', async (ctx) => {
    const inRoom = await enterRoom(ctx)
    const sharing = inRoom && (await readJson(ctx, Sharing))
    if (!inRoom || !sharing) return
    const preview = candidateReportPreview(inRoom.roomState, inRoom.me.id, { sharing, ...viewOf(ctx) })
    if (preview === null) return sendError(ctx, 404, 'The candidate would get nothing')
    ctx.body = preview
  })

  router.get('/:interview/rooms/:room/replay', async (ctx) => {
    const inRoom = await enterRoom(ctx)
    if (inRoom === null) return
    ctx.body = replayOf(await rooms.eventsOf(inRoom.room), inRoom.me.id)
  })

  router.get('/:interview/rooms/:room/traces/:trace', async (ctx) => {
    const inRoom = await enterRoom(ctx)
    if (inRoom === null) return
    const report = await traces.report(inRoom.roomState.sandbox, ctx.params.trace ?? '')
    if (report) ctx.body = report
    else sendError(ctx, 404, 'Traces are kept for 15 minutes; this one is gone')
  })

  return router

  /** @returns null when the key opens nothing; then the response has been sent */
  async function enter(ctx: Context): Promise<Entered | null> {
    const keyHash = keyHashOf(ctx)
    const ledger =
      keyHash === null ? null : await interviews.newest(String(ctx.params.interview).toLowerCase())
    const state = ledger?.state
    const me = keyHash !== null && state ? interviewerOf(state, keyHash) : null
    if (!ledger || !state || keyHash === null || me === null) {
      sendNotFound(ctx, 'Interview')
      return null
    }
    return { ledger, state, me, keyHash }
  }

  async function enterRoom(ctx: Context): Promise<InRoom | null> {
    const entered = await enter(ctx)
    if (entered === null) return null
    const room = await interviews.room(entered.state, String(ctx.params.room).toLowerCase())
    if (room?.state) return { ...entered, room, roomState: room.state }
    sendNotFound(ctx, 'Room')
    return null
  }

  async function statesOf(interview: InterviewState): Promise<RoomState[]> {
    const states: RoomState[] = []
    for (const entry of interview.rooms) {
      const state = (await interviews.room(interview, entry.room))?.state
      if (state) states.push(state)
    }
    return states
  }

  function viewOf(ctx: Context): { now: number; hideNames: boolean } {
    return { now: rooms.seen().now, hideNames: ctx.query.hideNames === '1' }
  }
}

function sendNumber(ctx: Context, number: number): void {
  const answer: CommandAnswer = { number }
  ctx.body = answer
}
