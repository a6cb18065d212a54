import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { mutationPart, partNames } from './mutation-parts.mjs'

test.each(partNames)('the files and folders of part %s exist', (name) => {
  const { mutate, tests } = mutationPart(name)
  const places = [...mutate, ...tests]
    .filter((pattern) => !pattern.startsWith('!'))
    .map((pattern) => pattern.replace(/\/[^/]*[*{!].*$/, ''))
  expect(places.length).toBeGreaterThan(1)
  expect(places.filter((place) => !existsSync(resolve(import.meta.dirname, '..', place)))).toEqual([])
})

test('an unknown part is refused with the names of the known ones', () => {
  expect(() => mutationPart('nothing')).toThrow(/Unknown part "nothing".*validation, auth, storage/)
})
