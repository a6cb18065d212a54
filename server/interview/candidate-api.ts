import Router from '@koa/router'
import type { Context } from 'koa'
import { readCode } from '#contract/interview/code.ts'
import { CandidateCommand, JoinRequest, type CommandAnswer } from '#contract/interview/commands.ts'
import type { JoinInfo, Joined, RoomTimeAnswer } from '#contract/interview/interview.ts'
import { clientOf } from '../limits/client-address.ts'
import { Attempts } from '../limits/attempts.ts'
import type { Limits } from '../limits/limiter.ts'
import { readJson } from '../http/read-json.ts'
import { sendError } from '../http/send-error.ts'
import { sendBusy, sendNotFound, sendRefusal } from './answers.ts'
import type { Interviews, RoomSandboxes } from './interviews.ts'
import { hashOf, keyHashOf } from '../http/bearer-key.ts'
import { limitBytes } from './limit-bytes.ts'
import type { Lookups } from './lookups.ts'
import { opensSeat, type RoomStreams } from './room-streams.ts'
import type { RoomLedger, Rooms } from './rooms.ts'
import type { InterviewState } from './rules/interview/interview-state.ts'
import { candidateReport } from './rules/report/candidate-report.ts'
import { awaitsExpectation } from './rules/decide/tasks.ts'
import { joinInfo } from './rules/views/candidate-view.ts'

export interface CandidateApiDeps {
  interviews: Interviews
  rooms: Rooms
  lookups: Lookups
  streams: RoomStreams
  sandboxes: RoomSandboxes
  limits: Limits
}

interface Seat {
  room: RoomLedger
  keyHash: string
}

/**
 * The candidate's side: `/api/join` with a code, then `/api/rooms` with the key that the browser made for the seat. Responses come
 * only from the candidate's views.
 */
export function createCandidateApi(deps: CandidateApiDeps): Router {
  const { interviews, rooms, lookups, streams, sandboxes } = deps
  const router = new Router()
  router.use(limitBytes(deps.limits.interviewBytes))
  const attempts = new Attempts(deps.limits.codes)

  router.get('/api/join/:code', async (ctx) => {
    const found = await tryCode(ctx, ctx.params.code ?? '')
    if (found === null) return
    const names = found.interview.interviewers.filter(({ removed }) => !removed).map(({ name }) => name)
    const state = found.room.state
    if (state === null) return sendError(ctx, 404, 'There is no interview with this code')
    const info: JoinInfo = joinInfo(state, names, rooms.seen(found.room).now)
    ctx.body = info
  })

  router.post('/api/join', async (ctx) => {
    const wanted = await readJson(ctx, JoinRequest)
    const found = wanted && (await tryCode(ctx, wanted.code))
    if (!wanted || !found) return
    const { id, name, key } = wanted
    const refusal = await rooms.join(found.room, { id, name, keyHash: hashOf(key) })
    if (refusal) return sendRefusal(ctx, refusal)
    const joined: Joined = { room: found.room.state?.room ?? '' }
    ctx.body = joined
  })

  router.get('/api/rooms/:room/stream', async (ctx) => {
    const seat = await sit(ctx)
    if (seat === null) return
    const sandbox = seat.room.state?.sandbox
    if (sandbox !== undefined && (await sandboxes.find(sandbox)) === null) await sandboxes.renew(sandbox)
    await streams.candidate(ctx, seat)
  })

  router.post('/api/rooms/:room/commands', async (ctx) => {
    const seat = await sit(ctx)
    const command = seat && (await readJson(ctx, CandidateCommand))
    if (!seat || !command) return
    if (command.type === 'expect') await prepareTask(seat.room, command.question)
    const refusal = await rooms.candidate(seat.room, command)
    if (refusal) return sendRefusal(ctx, refusal)
    const answer: CommandAnswer = { number: seat.room.state?.candidateNumber ?? 0 }
    ctx.body = answer
  })

  router.get('/api/rooms/:room/time', async (ctx) => {
    const seat = await sit(ctx)
    if (seat === null) return
    const answer: RoomTimeAnswer = { now: rooms.seen(seat.room).now }
    ctx.set('Cache-Control', 'no-store')
    ctx.body = answer
  })

  router.get('/api/rooms/:room/report', async (ctx) => {
    const seat = await sit(ctx)
    const state = seat?.room.state
    if (!seat || !state) return
    const report = candidateReport(state, rooms.seen(seat.room).now)
    if (report) ctx.body = report
    else sendError(ctx, 404, 'Nothing has been shared yet')
  })

  return router

  /** @returns null when the key doesn't open the seat; then the response has been sent */
  async function sit(ctx: Context): Promise<Seat | null> {
    const keyHash = keyHashOf(ctx)
    const room = keyHash === null ? null : await openRoom(String(ctx.params.room).toLowerCase())
    if (keyHash === null || room === null || !opensSeat(room, keyHash)) {
      sendNotFound(ctx, 'Room')
      return null
    }
    return { room, keyHash }
  }

  /** Gives a task the seeded rows, before it has begun, so that no request of it is undone. */
  async function prepareTask(room: RoomLedger, question: string): Promise<void> {
    await room.catchUp()
    const { state } = room
    if (state?.present === question && awaitsExpectation(state, question))
      await sandboxes.restart(state.sandbox)
  }

  /** A room whose interview still exists. */
  async function openRoom(id: string): Promise<RoomLedger | null> {
    const room = await rooms.get(id)
    const { interview } = room?.state ?? {}
    const within = interview === undefined ? null : await interviews.get(interview)
    return within?.state?.rooms.some((entry) => entry.room === id) === true ? room : null
  }

  /** @returns null when the code opens nothing; then the response has been sent */
  async function tryCode(
    ctx: Context,
    typed: string,
  ): Promise<{ interview: InterviewState; room: RoomLedger } | null> {
    const end = await attempts.begin(clientOf(ctx))
    if (typeof end === 'number') {
      sendBusy(ctx, 429, 'Too many wrong codes: wait a moment, then try again', end)
      return null
    }
    let found: { interview: InterviewState; room: RoomLedger } | null = null
    try {
      found = await roomOf(typed)
    } finally {
      // A correct code doesn't reset the count: otherwise someone with one room could keep guessing others.
      await end(found === null ? 'wrong' : 'none')
    }
    if (found === null) sendError(ctx, 404, 'There is no interview with this code')
    return found
  }

  async function roomOf(typed: string): Promise<{ interview: InterviewState; room: RoomLedger } | null> {
    const code = readCode(typed)
    const entry = code === null ? null : await lookups.roomOfCode(code)
    const interview = entry && (await interviews.newest(entry.interview))?.state
    const room = interview && (await interviews.room(interview, entry.room))
    return interview && room ? { interview, room } : null
  }
}
