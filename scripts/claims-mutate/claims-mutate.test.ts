import { expect, test } from 'vitest'
import { claimsOf } from '#contract/lesson.ts'
import { loadDeck } from '../../deck/load.ts'
import { readCodeFaults, withFault } from './code-fault.ts'
import { formatted, missingOf, pageOf, readPage } from './page.ts'
import { claimKey } from './red-claims.ts'
import { gapsOf, merged, readResults } from './results.ts'
import { tryFault } from './try-fault.ts'

const deck = await loadDeck('content/lessons')
const claims = deck.flatMap((lesson) => claimsOf(lesson).map(({ claim }) => claimKey(lesson, claim.id)))
const faults = await readCodeFaults()
const results = await readResults()

test('every fault still applies to the code, exactly once', () => {
  // readCodeFaults throws otherwise, with the file and line of the patch.
  expect(faults.length).toBeGreaterThanOrEqual(60)
})

test('every claim of the deck turns red under a fault, and every fault turns a claim red', () => {
  const advice =
    'run "npm run claims:mutate -- --lesson=NN --save"; docs/authoring.md says what to do if it stays green'
  const untried = faults.filter(({ id }) => !(id in results)).map(({ id }) => id)
  expect(untried, 'faults that were never tried: run "npm run claims:mutate -- --only=FAULT --save"').toEqual(
    [],
  )
  const { withoutEffect, greenUnderAll } = gapsOf(results, claims)
  expect(greenUnderAll, `claims that no fault turns red: ${advice}`).toEqual([])
  expect(withoutEffect, 'faults that no claim notices: docs/authoring.md says what to do').toEqual([])
})

test('docs/claims-under-faults.md names the claims and the faults of today', async () => {
  const advice =
    'claims or faults were renamed, removed or edited: run "npm run claims:mutate -- --lesson=NN --save"'
  const known = { faults: faults.map(({ id }) => id), claims, lessons: [] }
  expect(merged(results, {}, known), advice).toEqual(results)
  expect(await readPage(), advice).toBe(await formatted(pageOf(faults, claims, results)))
})

test('a fault turns red what it breaks, nothing else, and leaves the files as they are', async () => {
  const lessons = deck.filter(({ slug }) => slug.startsWith('10')).map(({ slug }) => slug)
  const fault = faults.find(({ id }) => id === 'allow-missing')!
  expect(await tryFault({ fault: null, lessons })).toEqual({ red: [] })
  expect(await tryFault({ fault, lessons })).toEqual({ red: ['10/is-405'] })
  expect(await readCodeFaults()).toEqual(faults)
})

test('a fault whose code the app doesn’t load, or that stops it from starting, counts for nothing', async () => {
  const lessons = [deck[0]!.slug]
  const [fault] = faults
  const elsewhere = { ...fault!, file: 'server/start.test.ts', find: 'import', replace: '' }
  expect(await tryFault({ fault: elsewhere, lessons })).toEqual({
    problem: 'the app doesn’t load server/start.test.ts',
  })
  const broken = {
    ...fault!,
    file: 'server/project/seed.ts',
    find: 'export const PEOPLE',
    replace: 'const PEOPLE',
  }
  expect(await tryFault({ fault: broken, lessons })).toHaveProperty('problem')
})

test('a patch may be written on other lines than the code', () => {
  const patch = { id: 'x', file: 'server/x.ts', find: 'if (a) {\n  b($1)', replace: 'c($1)' }
  expect(withFault('if (a) {\n      b($1)\n    }', patch)).toBe('c($1)\n    }')
})

test('a patch that applies nowhere or twice says so', () => {
  const patch = { id: 'x', file: 'server/x.ts', find: 'b()', replace: '' }
  for (const [source, count] of [['a()', 0] as const, ['b() b()', 2] as const]) {
    expect(() => withFault(source, patch)).toThrow(
      `in server/x.ts exactly once, but stands there ${count} times`,
    )
  }
})

const TEN = Array.from({ length: 10 }, (_, index) => `01/c${index}`)

test('a claim that falls only with a great part of the deck is as good as green', () => {
  const found = { wide: TEN, narrow: ['01/c0'], none: [] }
  expect(gapsOf(found, TEN)).toEqual({ withoutEffect: ['none'], greenUnderAll: TEN.slice(1) })
  const lines = missingOf(TEN, found).split('\n')
  expect(lines[0]).toBe('- No claim notices `none`.')
  expect(lines[1]).toBe('- No narrow fault turns `01/c1` red.')
  expect(missingOf(TEN, Object.fromEntries(TEN.map((claim) => [claim.slice(3), [claim]])))).toBe('Nothing.')
})

test('a run of one lesson leaves what was found in the others', () => {
  const known = { faults: ['a', 'b'], claims: ['01/x', '02/y', '02/z'], lessons: ['02-pydantic'] }
  const before = { a: ['01/x', '02/y'], gone: ['01/x'], b: ['01/x', '02/z', '02/gone'] }
  expect(merged(before, { a: ['02/z'] }, known)).toEqual({ a: ['01/x', '02/z'], b: ['01/x', '02/z'] })
})
