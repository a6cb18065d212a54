import { expect, test } from 'vitest'
import { HIDDEN } from '#contract/trace.ts'
import { person } from './testing/seed.ts'
import { USER_COLUMNS, userRow, visibleRow } from './rows.ts'

test('a row is shown with all of its columns, and without its hash', () => {
  const row = userRow(3, person('Alan', { age: 41 }))
  expect(visibleRow(row)).toEqual({ ...row, hashed_password: HIDDEN })
  expect(JSON.stringify(visibleRow(row))).not.toContain(row.hashed_password)
  expect(USER_COLUMNS).toEqual(Object.keys(row))
})
