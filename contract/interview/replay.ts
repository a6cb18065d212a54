import { z } from 'zod'
import { OwnRun, ProjectPath, ReportedRun } from './bug.ts'
import { Base64, Duration, Time } from './identity.ts'
import { QuestionKey } from './plan.ts'
import { RecordedRequest } from './recorded-request.ts'
import { Judgement, TaskExpectation } from './task.ts'

const question = QuestionKey
const at = Time

/** One thing that the candidate did or saw, or that came of running their files again. */
export const ReplayStep = z.discriminatedUnion('kind', [
  z.object({ at, kind: z.literal('joined') }),
  z.object({ at, kind: z.literal('asked'), question }),
  z.object({ at, kind: z.literal('left'), question }),
  z.object({ at, kind: z.literal('paused'), question }),
  z.object({ at, kind: z.literal('resumed'), question }),
  z.object({ at, kind: z.literal('time-added'), question, milliseconds: Duration }),
  z.object({ at, kind: z.literal('follow-up'), question, followUp: z.int().nonnegative() }),
  z.object({ at, kind: z.literal('revealed'), question }),
  z.object({ at, kind: z.literal('text'), question, update: Base64, late: z.boolean() }),
  z.object({
    at,
    kind: z.literal('file'),
    question,
    file: ProjectPath,
    update: Base64,
    late: z.boolean(),
  }),
  z.object({ at, kind: z.literal('run'), question, run: ReportedRun }),
  z.object({ at, kind: z.literal('own-run'), question, run: OwnRun }),
  z.object({ at, kind: z.literal('expectation'), question, expectation: TaskExpectation }),
  /** `judgement` is null where the question has no task. */
  z.object({
    at,
    kind: z.literal('request'),
    question,
    request: RecordedRequest,
    judgement: Judgement.nullable(),
  }),
  z.object({ at, kind: z.literal('connected') }),
  z.object({ at, kind: z.literal('disconnected') }),
  z.object({ at, kind: z.literal('moment'), label: z.string() }),
  z.object({ at, kind: z.literal('ended') }),
])
export type ReplayStep = z.infer<typeof ReplayStep>

/** A session in the order in which it happened. Moments are only those of the interviewer who watches. */
export const Replay = z.object({ steps: z.array(ReplayStep) })
export type Replay = z.infer<typeof Replay>
