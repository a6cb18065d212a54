import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Snapshot } from '../storage.ts'

/** Turns the data of one schema into the data of the next. It changes nothing in place and has no side effects. */
export type SchemaStep = (data: unknown) => unknown

/** The first leads from schema 1 to 2, the second from 2 to 3, and so on: today's schema follows from their number. */
export const SCHEMA_STEPS: readonly SchemaStep[] = []

/** The number of the schema that the last step leads to. */
export function newestSchema(steps: readonly SchemaStep[]): number {
  return steps.length + 1
}

/** Applies every step from a schema to the newest. */
export function applySteps(data: unknown, from: number, steps: readonly SchemaStep[]): unknown {
  return steps.slice(from - 1).reduce((older, step) => step(older), data)
}

/** The file may be intact, but this version can't read it. */
export class NewerSchema extends Error {
  override name = 'NewerSchema'
}

const FORMAT = 'viva-sandbox'

const Envelope = z.strictObject({
  format: z.literal(FORMAT),
  schema: z.int().min(1),
  revision: z.int().min(0),
  checksum: z.string(),
  data: z.unknown(),
})

const Row = z.strictObject({
  id: z.int().min(1),
  name: z.string(),
  email: z.string(),
  age: z.int().nullable(),
  bio: z.string().nullable(),
  created_at: z.iso.datetime(),
  hashed_password: z.string(),
})

const Data = z.strictObject({
  nextId: z.int().min(1),
  users: z.array(Row),
})

/** The text of a sandbox's file: compact JSON, with a checksum over the revision and the data as they are written. */
export function encode({ revision, nextId, users }: Snapshot): string {
  return seal(newestSchema(SCHEMA_STEPS), revision, { nextId, users })
}

/** What `encode` writes, for data of any schema version. */
export function seal(schema: number, revision: number, data: unknown): string {
  const json = JSON.stringify(data)
  const checksum = createHash('sha256').update(`${revision}\n${json}`).digest('hex')
  return `{"format":"${FORMAT}","schema":${schema},"revision":${revision},"checksum":"${checksum}","data":${json}}`
}

/**
 * Reads what `encode` or an older version of it wrote. A file that differs from that in a single bit is refused.
 * @throws {NewerSchema | Error} whose message says what is wrong, and never repeats what the file holds
 */
export function decode(bytes: Uint8Array, steps = SCHEMA_STEPS): Snapshot {
  if (bytes.length === 0) throw new Error('the file is empty')
  const text = textOf(bytes)
  const json = jsonOf(text)
  refuseNewer(json, newestSchema(steps))
  const { schema, revision, data } = shaped(Envelope, json)
  // Before the data is used: a schema step is only written for data that was really stored.
  if (seal(schema, revision, data) !== text) {
    throw new Error('its checksum is wrong: it was changed after it was written')
  }
  const { nextId, users } = shaped(Data, migrated(data, schema, steps))
  return Object.freeze({ revision, nextId, users: users.map((row) => Object.freeze(row)) })
}

/** Reads nothing but the schema number: what else a newer version writes is unknown. */
function refuseNewer(json: unknown, newest: number): void {
  const { schema = 0 } = z.object({ schema: z.number() }).safeParse(json).data ?? {}
  if (schema <= newest) return
  throw new NewerSchema(
    `a newer version of Viva wrote it (schema ${schema}; this version reads up to ${newest})`,
  )
}

function migrated(data: unknown, schema: number, steps: readonly SchemaStep[]): unknown {
  try {
    return applySteps(data, schema, steps)
  } catch {
    // The step's own message may quote the data.
    throw new Error(`it can't be migrated from schema ${schema} to ${newestSchema(steps)}`)
  }
}

function shaped<Shape extends z.ZodType>(schema: Shape, json: unknown): z.output<Shape> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`it doesn't have the shape of a sandbox (at ${issue?.path.join('.') || 'the top level'})`)
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Error('it is not UTF-8 text')
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text.
    throw new Error('it is not complete JSON')
  }
}
