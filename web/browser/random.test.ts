// @vitest-environment node
import { expect, test } from 'vitest'
import { Uuid } from '#contract/interview/identity.ts'
import { newId, randomHex } from './random.ts'

test('ids are distinct version 4 UUIDs, with all four variants', () => {
  const ids = Array.from({ length: 2_000 }, newId)
  for (const id of ids) expect(Uuid.parse(id)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/)
  expect(new Set(ids).size).toBe(2_000)
  expect(new Set(ids.map((id) => id[19])).size).toBe(4)
})

test('every byte is two digits', () => {
  for (let count = 0; count < 40; count += 1) expect(randomHex(count)).toMatch(/^([0-9a-f]{2})*$/)
  expect(randomHex(8)).toHaveLength(16)
})
