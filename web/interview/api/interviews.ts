import { z } from 'zod'
import { Across } from '#contract/interview/across.ts'
import { BugOffer } from '#contract/interview/bug.ts'
import { CommandAnswer, type HostCommand } from '#contract/interview/commands.ts'
import { Grid } from '#contract/interview/grid.ts'
import { InterviewView, type CreateInterview, type InterviewCommand } from '#contract/interview/interview.ts'
import { Question } from '#contract/interview/plan.ts'
import type { LessonOffer } from '#contract/interview/plan.ts'
import { Replay } from '#contract/interview/replay.ts'
import { CandidateReport, Report } from '#contract/interview/report.ts'
import type { Sharing } from '#contract/interview/sharing.ts'
import { SnippetSource } from '#contract/interview/snippet.ts'
import { QuestionTask } from '#contract/interview/task.ts'
import { TraceReport } from '#contract/trace.ts'
import { ApiFailure, callApi, unreachable } from '../../api/call.ts'
import { callWithKey } from './call-with-key.ts'

/** An interview's id and the key of a host link. */
export interface HostAccess {
  interview: string
  key: string
}

const LessonQuestions = z.array(
  Question.omit({
    ...{ key: true, playground: true, note: true, task: true, bug: true, snippets: true },
  }).extend({
    slug: z.string(),
    tasks: z.array(QuestionTask),
    bugs: z.array(BugOffer),
    sources: z.array(SnippetSource),
  }),
)

/** Each lesson's question for interviews, in the order of the deck. */
export function readLessonQuestions(): Promise<LessonOffer[]> {
  return callApi('/interview-offers.json', LessonQuestions)
}

/** Creates an interview; sending the same request twice creates one. */
export function createInterview(wanted: CreateInterview): Promise<InterviewView> {
  return callWithKey('/api/interviews', wanted.key, InterviewView, wanted)
}

export function readInterview({ interview, key }: HostAccess): Promise<InterviewView> {
  return callWithKey(`/api/interviews/${interview}`, key, InterviewView)
}

export async function commandInterview(
  { interview, key }: HostAccess,
  command: InterviewCommand,
): Promise<void> {
  await callWithKey(`/api/interviews/${interview}/commands`, key, CommandAnswer, command)
}

/** Deletes an interview with all its rooms. Only its owner may. */
export async function deleteInterview({ interview, key }: HostAccess): Promise<void> {
  const headers = { Authorization: `Bearer ${key}`, Accept: 'application/json' }
  const response = await fetch(`/api/interviews/${interview}`, { method: 'DELETE', headers }).catch(() => {
    throw new ApiFailure(unreachable(), null)
  })
  if (response.ok || response.status === 404) return
  const { detail } = z
    .object({ detail: z.string() })
    .catch({ detail: '' })
    .parse(await response.json())
  throw new ApiFailure(detail === '' ? `Deleting answered ${response.status}.` : detail, response.status)
}

/** @param hideNames shows labels in place of candidates' names */
export function readGrid({ interview, key }: HostAccess, hideNames: boolean): Promise<Grid> {
  return callWithKey(`/api/interviews/${interview}/grid${hidden(hideNames)}`, key, Grid)
}

/** The answers to each question, to score one question across all candidates. */
export function readAcross({ interview, key }: HostAccess): Promise<Across> {
  return callWithKey(`/api/interviews/${interview}/across`, key, Across)
}

/** An interview's access, with one of its rooms. */
export interface RoomAccess extends HostAccess {
  room: string
}

export function streamPath({ interview, room }: RoomAccess, hideNames: boolean): string {
  return `${pathOf(interview, room)}/stream${hidden(hideNames)}`
}

/** @returns the number of the newest event when it was done: a view with that number shows its effect */
export async function commandRoom(
  { interview, room, key }: RoomAccess,
  command: HostCommand,
): Promise<number> {
  const { number } = await callWithKey(`${pathOf(interview, room)}/commands`, key, CommandAnswer, command)
  return number
}

export function readReport({ interview, room, key }: RoomAccess, hideNames: boolean): Promise<Report> {
  return callWithKey(`${pathOf(interview, room)}/report${hidden(hideNames)}`, key, Report)
}

/** What the candidate would see of the report if that was shared. @throws ApiFailure 404 when it is nothing */
export function previewReport(
  { interview, room, key }: RoomAccess,
  sharing: Sharing,
  hideNames: boolean,
): Promise<CandidateReport> {
  const path = `${pathOf(interview, room)}/candidate-report${hidden(hideNames)}`
  return callWithKey(path, key, CandidateReport, sharing)
}

export function readReplay({ interview, room, key }: RoomAccess): Promise<Replay> {
  return callWithKey(`${pathOf(interview, room)}/replay`, key, Replay)
}

/** The trace of a request that the candidate sent. @throws ApiFailure 404 when the server no longer keeps it */
export function readRoomTrace({ interview, room, key }: RoomAccess, trace: string): Promise<TraceReport> {
  return callWithKey(`${pathOf(interview, room)}/traces/${trace}`, key, TraceReport)
}

function pathOf(interview: string, room: string): string {
  return `/api/interviews/${interview}/rooms/${room}`
}

function hidden(hideNames: boolean): string {
  return hideNames ? '?hideNames=1' : ''
}
