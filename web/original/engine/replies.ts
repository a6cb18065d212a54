import { z } from 'zod'
import { StoreView } from '#contract/sandbox.ts'
import { TraceReport } from '#contract/trace.ts'
import type { CallName, Calls } from './protocol.ts'

/*
 * What the worker may send. Edited Python runs in it, and could change whatever else runs there: the page believes nothing but its form.
 */

const PythonError = z.object({
  type: z.string(),
  message: z.string(),
  place: z.object({ file: z.string(), line: z.int() }).nullable(),
  traceback: z.string(),
})

const LineEvent = z.object({
  file: z.string(),
  line: z.int(),
  event: z.enum(['line', 'call', 'return', 'raise', 'unwind']),
  function: z.string(),
  depth: z.int(),
  locals: z.record(z.string(), z.string()),
  value: z.string().optional(),
  atMs: z.number(),
})

const Output = z.array(z.string())

/** The result of each call. */
export const RESULTS: { [Name in CallName]: z.ZodType<Calls[Name]['gives']> } = {
  send: z.object({
    status: z.int(),
    headers: z.array(z.tuple([z.string(), z.string()])),
    body: z.instanceof(Uint8Array),
    text: z.string(),
    durationMs: z.number(),
    lines: z.array(LineEvent),
    linesLeftOut: z.int(),
    output: Output,
    error: PythonError.nullable(),
    trace: TraceReport,
  }),
  apply: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), output: Output }),
    z.object({ ok: z.literal(false), output: Output, error: PythonError }),
  ]),
  reset: z.null(),
  rows: StoreView,
  runFact: z.object({ output: z.string(), error: PythonError.nullable() }),
  memory: z.number(),
}

/** A message of the worker; a result is still to be read by the call that it belongs to. */
export const Message = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'),
    progress: z.object({
      stage: z.enum(['download', 'python', 'packages', 'project']),
      doneBytes: z.number(),
      totalBytes: z.number(),
    }),
  }),
  z.object({
    kind: z.literal('booted'),
    versions: z.object({ python: z.string(), packages: z.record(z.string(), z.string()) }),
  }),
  z.object({ kind: z.literal('result'), id: z.int(), gives: z.unknown() }),
  z.object({
    kind: z.literal('fault'),
    id: z.int().optional(),
    fault: z.enum(['offline', 'outdated', 'failed', 'memory']),
    message: z.string(),
  }),
])
