import { CommandAnswer, type CandidateCommand, type JoinRequest } from '#contract/interview/commands.ts'
import { Joined, JoinInfo, RoomTimeAnswer } from '#contract/interview/interview.ts'
import { CandidateReport } from '#contract/interview/report.ts'
import { callApi } from '../../api/call.ts'
import { callWithKey } from './call-with-key.ts'

/** The room and key of a candidate's seat. */
export interface SeatAccess {
  room: string
  key: string
}

/** What a person with this code sees before joining. @throws ApiFailure 404 for a code that opens nothing, 429 after too many of them */
export function readJoinInfo(code: string): Promise<JoinInfo> {
  return callApi(`/api/join/${encodeURIComponent(code)}`, JoinInfo)
}

/** Takes the seat; sending the same request twice takes it once. */
export function join(wanted: JoinRequest): Promise<Joined> {
  return callWithKey('/api/join', wanted.key, Joined, wanted)
}

export function seatStreamPath({ room }: SeatAccess): string {
  return `/api/rooms/${room}/stream`
}

export async function commandSeat({ room, key }: SeatAccess, command: CandidateCommand): Promise<void> {
  await callWithKey(`/api/rooms/${room}/commands`, key, CommandAnswer, command)
}

/** The server's time in milliseconds since the Unix epoch. @throws ApiFailure */
export async function readRoomTime({ room, key }: SeatAccess): Promise<number> {
  return (await callWithKey(`/api/rooms/${room}/time`, key, RoomTimeAnswer)).now
}

/** @throws ApiFailure 404 when nothing has been shared */
export function readCandidateReport({ room, key }: SeatAccess): Promise<CandidateReport> {
  return callWithKey(`/api/rooms/${room}/report`, key, CandidateReport)
}
