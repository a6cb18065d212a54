import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Snapshot } from './storage.ts'

const FORMAT = 'viva-sandbox'
const SCHEMA = 1

const Row = z.strictObject({
  id: z.int().min(1),
  name: z.string(),
  email: z.string(),
  age: z.int().nullable(),
  bio: z.string().nullable(),
  created_at: z.iso.datetime(),
  hashed_password: z.string(),
})

const Envelope = z.strictObject({
  format: z.literal(FORMAT),
  schema: z.literal(SCHEMA),
  revision: z.int().min(0),
  checksum: z.string(),
  data: z.strictObject({
    nextId: z.int().min(1),
    users: z.array(Row),
  }),
})

/** The text of a sandbox's file: compact JSON, with a checksum over the revision and the data as they are written. */
export function encode({ revision, nextId, users }: Snapshot): string {
  const data = JSON.stringify({ nextId, users })
  const checksum = createHash('sha256').update(`${revision}\n${data}`).digest('hex')
  return `{"format":"${FORMAT}","schema":${SCHEMA},"revision":${revision},"checksum":"${checksum}","data":${data}}`
}

/**
 * Reads what `encode` wrote. A file that differs from it in a single bit is refused.
 * @throws {Error} whose message says what is wrong, and never repeats what the file holds
 */
export function decode(bytes: Uint8Array): Snapshot {
  if (bytes.length === 0) throw new Error('the file is empty')
  const text = textOf(bytes)
  const json = jsonOf(text)
  const { schema } = z.object({ schema: z.number() }).safeParse(json).data ?? {}
  if (schema !== undefined && schema > SCHEMA) {
    throw new Error(`a newer version of Viva wrote it (schema ${schema}, and this one reads ${SCHEMA})`)
  }
  const parsed = Envelope.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`it doesn't have the shape of a sandbox (at ${issue?.path.join('.') || 'its top'})`)
  }
  const { revision, data } = parsed.data
  const snapshot = { revision, nextId: data.nextId, users: data.users.map((row) => Object.freeze(row)) }
  if (encode(snapshot) !== text) throw new Error('its checksum is wrong: it was changed after it was written')
  return Object.freeze(snapshot)
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
    throw new Error('it is not whole JSON')
  }
}
