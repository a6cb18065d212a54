import { expect, test } from 'vitest'
import { seeded } from '../snapshot.ts'
import { decode, encode, applySteps, SCHEMA_STEPS, newestSchema, seal, type SchemaStep } from './envelope.ts'
import { SEED } from '../testing/seed.ts'

const today = seeded(SEED)
const { nextId, users } = today

/** Made up: schema 1 had the people under another name, and schema 2 counted ids from 0. */
const steps: SchemaStep[] = [
  (data) => ({ last: (data as { last: number }).last, users: (data as { people: unknown }).people }),
  (data) => ({ nextId: (data as { last: number }).last + 1, users: (data as { users: unknown }).users }),
]

test('a file of any older schema is read as the newest, with its revision', () => {
  const stored = [
    seal(1, 7, { last: nextId - 1, people: users }),
    seal(2, 7, { last: nextId - 1, users }),
    seal(3, 7, { nextId, users }),
  ]
  for (const text of stored) expect(decode(Buffer.from(text), steps)).toEqual({ ...today, revision: 7 })
})

test('a damaged file of an older schema never reaches a migration', () => {
  const text = seal(1, 7, { last: 2, people: users }).replace('"last":2', '"last":3')
  const reached: unknown[] = []
  const watched = [(data: unknown) => void reached.push(data), steps[1]!]
  expect(() => decode(Buffer.from(text), watched)).toThrow(/checksum/)
  expect(reached).toEqual([])
})

test("a migration whose result isn't a sandbox is a fault, and the stored file stays as it was", () => {
  const data = { last: 2, people: users }
  const stored = Buffer.from(seal(1, 7, data))
  expect(() => decode(stored, [() => null, () => null])).toThrow(/shape of a sandbox/)
  expect(() => decode(stored, [() => null, steps[1]!])).toThrow(/^it can't be migrated from schema 1 to 3$/)
  expect(applySteps(Object.freeze(data), 1, steps)).toEqual({ nextId: 3, users })
})

test('new files have the newest schema', () => {
  expect(JSON.parse(encode(today))).toMatchObject({ schema: newestSchema(SCHEMA_STEPS) })
  const newer = '{"format":"viva-sandbox","schema":9,"written":"otherwise"}'
  expect(() => decode(Buffer.from(newer))).toThrow(/newer version of Viva wrote it \(schema 9/)
})
