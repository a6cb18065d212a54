import { afterAll, expect, test } from 'vitest'
import { closePasswords, compare, COST, DUMMY_HASH } from '../pools/passwords.ts'
import { PEOPLE, seededRows } from './seed.ts'

afterAll(closePasswords)

test.each(PEOPLE)('the hash of $name is that of the password shown on the page', async (person) => {
  expect(await compare(person.password, person.hashed_password)).toBe(true)
  expect(person.hashed_password).toMatch(new RegExp(`^\\$2b\\$${COST}\\$`))
})

test('rows contain no password, and the dummy hash costs as much as any other', () => {
  expect(JSON.stringify(seededRows)).not.toContain(PEOPLE[0]?.password)
  expect(DUMMY_HASH).toMatch(new RegExp(`^\\$2b\\$${COST}\\$.{53}$`))
})
