import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Snapshot } from '../storage.ts'

/** Turns the data of one schema into the data of the next. It changes nothing in place and has no side effects. */
export type Migration = (data: unknown) => unknown

/** The first leads from schema 1 to 2, the second from 2 to 3, and so on: today's schema follows from their number. */
export const MIGRATIONS: readonly Migration[] = []

export function newestSchema(migrations: readonly Migration[]): number {
  return migrations.length + 1
}

/** Applies every step from a schema to the newest. */
export function migrate(data: unknown, from: number, migrations: readonly Migration[]): unknown {
  return migrations.slice(from - 1).reduce((older, step) => step(older), data)
}

/** The file may be whole, but this version can't read it. */
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
  return seal(newestSchema(MIGRATIONS), revision, { nextId, users })
}

/** What `encode` writes, for data of any schema. */
export function seal(schema: number, revision: number, data: unknown): string {
  const json = JSON.stringify(data)
  const checksum = createHash('sha256').update(`${revision}\n${json}`).digest('hex')
  return `{"format":"${FORMAT}","schema":${schema},"revision":${revision},"checksum":"${checksum}","data":${json}}`
}

/**
 * Reads what `encode` wrote, or an older version of it. A file that differs from that in a single bit is refused.
 * @throws {NewerSchema | Error} whose message says what is wrong, and never repeats what the file holds
 */
export function decode(bytes: Uint8Array, migrations = MIGRATIONS): Snapshot {
  if (bytes.length === 0) throw new Error('the file is empty')
  const text = textOf(bytes)
  const json = jsonOf(text)
  refuseNewer(json, newestSchema(migrations))
  const { schema, revision, data } = shaped(Envelope, json)
  // Before its data are looked at: a step is written for what was really stored.
  if (seal(schema, revision, data) !== text) {
    throw new Error('its checksum is wrong: it was changed after it was written')
  }
  const { nextId, users } = shaped(Data, migrated(data, schema, migrations))
  return Object.freeze({ revision, nextId, users: users.map((row) => Object.freeze(row)) })
}

/** Looks at nothing but the schema: what else a newer version writes, nobody can know. */
function refuseNewer(json: unknown, newest: number): void {
  const { schema = 0 } = z.object({ schema: z.number() }).safeParse(json).data ?? {}
  if (schema <= newest) return
  throw new NewerSchema(
    `a newer version of Viva wrote it (schema ${schema}; this version reads up to ${newest})`,
  )
}

function migrated(data: unknown, schema: number, migrations: readonly Migration[]): unknown {
  try {
    return migrate(data, schema, migrations)
  } catch {
    // A step's own message may quote what it met.
    throw new Error(`it can't be migrated from schema ${schema} to ${newestSchema(migrations)}`)
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
