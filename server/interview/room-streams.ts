import { randomUUID } from 'node:crypto'
import type { Context } from 'koa'
import type { Interviewer } from '#contract/interview/interview.ts'
import { onceClosed } from '../http/open-answers.ts'
import { sendBusy } from './answers.ts'
import type { EventStream, EventStreams } from './event-streams.ts'
import type { InterviewLedger } from './interviews.ts'
import { interviewerOf, type InterviewState } from './rules/interview/interview-state.ts'
import { isCandidate } from './rules/decide/joining.ts'
import { candidateMessage, candidateOpening, hostMessage, hostOpening } from './rules/views/messages.ts'
import type { RoomState } from './rules/room-state.ts'
import type { RoomEvent } from './rules/room-events.ts'
import type { RoomLedger, Rooms } from './rooms.ts'

interface Message {
  id: number
  message: { kind: string }
  /** Whether the stream ends after it. */
  last?: boolean
}

interface Following {
  ctx: Context
  room: RoomLedger
  /** Null for the candidate. */
  who: Interviewer | null
  /** The first message of the stream. */
  opening: (state: RoomState) => Message
  /** The message about an event; null for none. */
  next: (event: RoomEvent, after: RoomState) => Message | null
}

/** Streams of what happens in a room, for each of its two sides. */
export class RoomStreams {
  readonly #rooms: Rooms
  readonly #streams: EventStreams
  /** Disconnections that are being recorded. */
  readonly #leaving = new Set<Promise<void>>()

  constructor(rooms: Rooms, streams: EventStreams) {
    this.#rooms = rooms
    this.#streams = streams
  }

  /** Follows a room as one of its interviewers sees it, until they are removed. */
  async host(
    ctx: Context,
    {
      interview,
      room,
      keyHash,
      hideNames,
      publicUrl,
    }: {
      interview: InterviewLedger
      room: RoomLedger
      keyHash: string
      hideNames: boolean
      publicUrl: string | null
    },
  ): Promise<void> {
    const me = interview.state && interviewerOf(interview.state, keyHash)
    if (me === null) return
    const seen = () => ({ ...this.#rooms.seen(room), hideNames, publicUrl })
    const stream = await this.#follow({
      ...{ ctx, room, who: me },
      opening: (state) => ({ id: state.number, message: hostOpening(state, me, seen()) }),
      next: (event, after) => {
        const message = hostMessage(event, after, me, seen())
        return message && { id: after.number, message }
      },
    })
    if (stream === null) return
    const leaveIfRemoved = (state: InterviewState | null): void => {
      if (state === null || interviewerOf(state, keyHash) === null) goneFrom(stream)
    }
    const unlisten = interview.listen(
      (_event, state) => leaveIfRemoved(state),
      () => goneFrom(stream),
    )
    // They may have been removed while the stream was opened.
    leaveIfRemoved(interview.state)
    onceClosed(ctx.res, unlisten)
  }

  /** Follows a room as its candidate sees it, until someone else takes the seat. */
  async candidate(ctx: Context, { room, keyHash }: { room: RoomLedger; keyHash: string }): Promise<void> {
    await this.#follow({
      ...{ ctx, room, who: null },
      opening: (state) => ({
        id: state.candidateNumber,
        message: candidateOpening(state, this.#rooms.seen(room)),
      }),
      next: (event, after) => {
        const message = candidateMessage(event, after, keyHash, this.#rooms.seen(room))
        return message && { id: after.candidateNumber, message, last: message.kind === 'replaced' }
      },
    })
  }

  /** Resolves once it is recorded that everyone connected here has been disconnected. */
  async close(): Promise<void> {
    this.#streams.close()
    // Connections end one turn later.
    await new Promise((resolve) => setTimeout(resolve, 20))
    await Promise.all(this.#leaving)
  }

  async #follow({ ctx, room, who, opening, next }: Following): Promise<EventStream | null> {
    const seat = `${room.stream}/${who?.id ?? ''}`
    const refused = this.#streams.refusalFor(ctx, seat)
    if (refused !== null) {
      sendBusy(ctx, refused.status, refused.detail, 5)
      return null
    }
    const connection = randomUUID()
    let unlisten = (): void => undefined
    const stream = this.#streams.begin(ctx, seat, () => {
      unlisten()
      this.#left(room, connection)
    })
    try {
      await room.settled(() => {
        const { state } = room
        if (state === null) return goneFrom(stream)
        const first = opening(state)
        stream.send(first.id, first.message)
        const sender = inBatches(stream)
        unlisten = room.listen(
          (event, after) => {
            const message = next(event, after)
            if (message !== null) sender(message)
          },
          () => goneFrom(stream),
        )
        if (ctx.res.destroyed) unlisten()
      })
      await this.#rooms.connected(room, who, connection)
      if (ctx.res.destroyed) this.#left(room, connection)
    } catch (error) {
      // The headers have been sent, so the only way to report this is to end the stream. The reader reconnects.
      ctx.app.emit('error', error, ctx)
      stream.end()
    }
    return stream
  }

  #left(room: RoomLedger, connection: string): void {
    const leaving = this.#rooms
      .disconnected(room, connection)
      // If this can't be recorded, the connection counts as lost once this instance stops.
      .catch(() => undefined)
      .finally(() => this.#leaving.delete(leaving))
    this.#leaving.add(leaving)
  }
}

/** Whether a key opens the candidate's seat of a room. */
export function opensSeat(room: RoomLedger, keyHash: string): boolean {
  return room.state !== null && isCandidate(room.state, keyHash)
}

/** Of the views that one change leads to, only the last one is sent: no one sees the moment between two questions. */
function inBatches(stream: EventStream): (message: Message) => void {
  let waiting: Message[] = []
  return (message) => {
    if (waiting.length === 0) {
      queueMicrotask(() => {
        const last = waiting.findLast(({ message: { kind } }) => kind === 'view')
        for (const one of waiting) {
          if (one.message.kind === 'view' && one !== last) continue
          stream.send(one.id, one.message)
          if (one.last === true) stream.end()
        }
        waiting = []
      })
    }
    waiting.push(message)
  }
}

function goneFrom(stream: EventStream): void {
  stream.send(0, { kind: 'gone' })
  stream.end()
}
