import { z } from 'zod'

/** What kind of work a step is; the timeline has a colour for each. */
export const StepKind = z.enum([
  'middleware',
  'sandbox',
  'body',
  'dependency',
  'validation',
  'handler',
  'password',
  'token',
  'store',
  'response',
  'wait',
])
export type StepKind = z.infer<typeof StepKind>

/** `ok`, `refused` (this step refused the request) or `cached` (a dependency not run again). */
export const StepVerdict = z.enum(['ok', 'refused', 'cached'])
export type StepVerdict = z.infer<typeof StepVerdict>

/** One row as a learner may see it. A column that must stay secret holds the text `HIDDEN`. */
export const Row = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
export type Row = z.infer<typeof Row>

/** Replaces a password hash in a trace or a store view. */
export const HIDDEN = '•••'

export const FieldVerdict = z.object({
  loc: z.array(z.union([z.string(), z.number()])),
  /** JSON type of the received value: string, int, float, bool, null, list, object or missing. */
  valueType: z.string(),
  /** The rule in words, such as `str, 1 to 50 characters`. */
  rule: z.string(),
  ok: z.boolean(),
  /** Pydantic's error type, such as `string_too_short`, when refused. */
  error: z.string().optional(),
  /** Pydantic's message, when refused. */
  message: z.string().optional(),
})
export type FieldVerdict = z.infer<typeof FieldVerdict>

const TokenCheck = z.object({
  /** header, shape, algorithm, signature, exp, iat, iss, aud, sub or user. */
  name: z.string(),
  ok: z.boolean(),
  message: z.string(),
})

/** Where a function ran: an `async def` on the event loop, a plain `def` in a thread of the pool. */
export const Place = z.enum(['event loop', 'threadpool'])
export type Place = z.infer<typeof Place>

export const StoreChange = z.object({
  table: z.string(),
  id: z.number(),
  before: Row.nullable(),
  after: Row.nullable(),
})
export type StoreChange = z.infer<typeof StoreChange>

/** What a step has to show beyond its name and time; one shape for each kind that has more. */
export const StepDetail = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('middleware'),
    /** Milliseconds that the middleware itself took before it called the next one, and after that returned. */
    before: z.number(),
    after: z.number(),
    summary: z.string(),
  }),
  z.object({
    kind: z.literal('sandbox'),
    id: z.string(),
    chosenBy: z.enum(['header', 'cookie', 'default']),
    users: z.number(),
  }),
  z.object({ kind: z.literal('body'), contentType: z.string(), bytes: z.number(), as: z.string() }),
  z.object({
    kind: z.literal('dependency'),
    cached: z.boolean(),
    /** Only where it was called. */
    ranIn: Place.optional(),
    summary: z.string(),
  }),
  z.object({
    kind: z.literal('validation'),
    /** Name of the schema, such as `UserCreate`, or null for path and query parameters alone. */
    model: z.string().nullable(),
    where: z.enum(['path', 'query', 'body', 'form', 'header']),
    fields: z.array(FieldVerdict),
  }),
  z.object({ kind: z.literal('handler'), ranIn: Place.optional(), summary: z.string() }),
  z.object({
    kind: z.literal('password'),
    action: z.enum(['hash', 'compare', 'compare-dummy']),
    algorithm: z.string(),
    cost: z.number(),
    /** The salt of the hash that was created or compared: 22 characters, which are not secret. The rest of the hash is left out. */
    salt: z.string().optional(),
    match: z.boolean().nullable(),
  }),
  z.object({
    kind: z.literal('token'),
    action: z.enum(['create', 'check']),
    algorithm: z.string(),
    /** Seconds from issue to expiry. */
    lifetime: z.number().nullable(),
    checks: z.array(TokenCheck),
  }),
  z.object({
    kind: z.literal('store'),
    /** Which session sent it. Each session has an id of its own. */
    session: z.string().optional(),
    operation: z.enum(['pragma', 'create', 'select', 'insert', 'update', 'delete', 'commit', 'rollback']),
    table: z.string(),
    /** The statement that SQLAlchemy would send to SQLite for this. */
    sql: z.string(),
    /** Rows read, or changed. */
    rows: z.number(),
    changes: z.array(StoreChange),
  }),
  z.object({
    kind: z.literal('response'),
    model: z.string().nullable(),
    /** Fields that the handler returned and the response model left out. */
    removed: z.array(z.string()),
    status: z.number(),
  }),
  /** What uvicorn logs about an exception: the first and the last line. */
  z.object({ kind: z.literal('log'), log: z.string() }),
])
export type StepDetail = z.infer<typeof StepDetail>

export const TraceStep = z.object({
  /** Index of the step in its request; a parent's is smaller than its children's. */
  index: z.number().int(),
  parent: z.number().int().nullable(),
  /** A region's name in both twins, or one of `FRAMEWORK_STEPS`. */
  name: z.string(),
  kind: StepKind,
  title: z.string(),
  /** Milliseconds since the request started. */
  start: z.number(),
  /** Milliseconds from start to end, children included. */
  duration: z.number(),
  /** Milliseconds of this step alone, without its children. */
  own: z.number(),
  verdict: StepVerdict,
  detail: StepDetail,
})
export type TraceStep = z.infer<typeof TraceStep>

export const RequestTrace = z.object({
  spanId: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number().int(),
  /** ISO time at which the request started. */
  startedAt: z.string(),
  /** Milliseconds. */
  duration: z.number(),
  /** True when the request had more steps than are kept. */
  truncated: z.boolean(),
  steps: z.array(TraceStep),
})
export type RequestTrace = z.infer<typeof RequestTrace>

/** `GET /api/traces/:id`: every request that carried this W3C trace id, including a redirect and the request that followed it. */
export const TraceReport = z.object({
  id: z.string(),
  /** What the project did before its first request in this sandbox; it is absent once it has been dropped. */
  startUp: RequestTrace.optional(),
  requests: z.array(RequestTrace),
})
export type TraceReport = z.infer<typeof TraceReport>
