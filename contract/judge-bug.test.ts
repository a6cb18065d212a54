import { expect, test } from 'vitest'
import { judgeBug, type BugRun } from './judge-bug.ts'

const miss = { edits: [], says: 'So you mix this up.' }
const bug = {
  red: ['create/hidden', 'read/hidden'],
  nearMisses: [
    { ...miss, red: ['read/hidden'] },
    { ...miss, red: ['log-in/works', 'read/hidden'] },
    { ...miss, red: [], starts: false as const },
  ],
}
const NAMES = ['create/hidden', 'log-in/works', 'read/hidden', 'read/status']

/** A run in which every claim was judged, and only these are false. */
function run(...red: string[]): BugRun {
  return { starts: true, claims: NAMES.map((name) => ({ name, held: !red.includes(name) })) }
}

test('a fix passes when every claim holds', () => {
  expect(judgeBug(bug, run())).toEqual({ passed: true, red: [], isUnchanged: false, nearMiss: null })
})

test('a fix that turns another claim red doesn’t pass, whatever else it mends', () => {
  const verdict = judgeBug(bug, run('read/status'))
  expect(verdict).toEqual({ passed: false, red: ['read/status'], isUnchanged: false, nearMiss: null })
})

test('the bug itself is told from a change that has no effect on any claim', () => {
  expect(judgeBug(bug, run('read/hidden', 'create/hidden'))).toMatchObject({
    passed: false,
    isUnchanged: true,
  })
})

test('a near miss is recognised by exactly the claims that it leaves false', () => {
  expect(judgeBug(bug, run('read/hidden')).nearMiss).toBe(bug.nearMisses[0])
  expect(judgeBug(bug, run('read/hidden', 'log-in/works')).nearMiss).toBe(bug.nearMisses[1])
  expect(judgeBug(bug, run('read/hidden', 'read/status')).nearMiss).toBeNull()
})

test('a project that doesn’t start never passes, and may be a near miss', () => {
  const verdict = judgeBug(bug, { starts: false, claims: [] })
  expect(verdict).toEqual({ passed: false, red: [], isUnchanged: false, nearMiss: bug.nearMisses[2] })
})

test('a bug that keeps the project from starting is fixed once it starts and every claim holds', () => {
  const crash = { red: [], starts: false as const, nearMisses: [] }
  expect(judgeBug(crash, { starts: false, claims: [] })).toMatchObject({ passed: false, isUnchanged: true })
  expect(judgeBug(crash, run())).toMatchObject({ passed: true, isUnchanged: false })
  expect(judgeBug(crash, { starts: true, claims: [] }).passed).toBe(false)
})

test('a claim of the bug that was never judged counts as false', () => {
  const claims = run().claims.filter(({ name }) => name !== 'read/hidden')
  expect(judgeBug(bug, { starts: true, claims })).toMatchObject({ passed: false, red: ['read/hidden'] })
})
