import { expect, test, vi } from 'vitest'
import { guarantees, testFiles, withNewer } from './guarantees.ts'
import { withPart } from './save-guarantees.ts'
import { tableOf } from './table.ts'

const kept = { guarantee: 'Nothing is lost', tried: '3 kills', held: true, figure: '0 lost' }
const broken = { guarantee: 'It | ends', tried: 'a signal', held: false }

test('a row shows what was tried and whether it held', () => {
  expect(
    tableOf([kept, broken, { ...broken, leftOut: 'no such signal here' }])
      .split('\n')
      .slice(2),
  ).toEqual([
    '| Nothing is lost | 3 kills | yes: 0 lost |',
    '| It \\| ends | a signal | **no** |',
    '| It \\| ends | a signal | left out: no such signal here |',
  ])
})

test('a part is replaced in its place, and the other one stays', () => {
  const faults = withPart('', 'faults', [kept], 40)
  const both = withPart(faults, 'attacks', [broken], 12)
  expect(both).toContain('| Nothing is lost | 3 kills |')
  expect(both).toContain('| It \\| ends |')
  const again = withPart(both, 'faults', [{ ...kept, tried: '500 kills' }], 45)
  expect(again).not.toContain('| 3 kills |')
  expect(again.indexOf('| 500 kills |')).toBeLessThan(again.indexOf('| It \\| ends |'))
  expect(withPart(again, 'faults', [kept], 40)).toBe(both)
})

test('a part shows how long it took', () => {
  expect(withPart('', 'faults', [kept], 40)).toContain('`npm run faults`, 40 minutes.')
})

test('nothing reveals whose machine it was', async () => {
  const { hostname } = await import('node:os')
  expect(withPart('', 'faults', [kept], 40)).not.toContain(hostname())
})

test('a run of some files replaces only their rows, and adds new ones', () => {
  const again = { ...broken, held: true }
  const fresh = { ...kept, guarantee: 'New' }
  expect(withNewer([kept, broken], [again, fresh])).toEqual([kept, again, fresh])
})

test('a run of some files leaves out the area that has none of them', async () => {
  expect(await testFiles('faults', 'two-processes')).toEqual(['e2e/faults/two-processes.test.ts'])
  expect(await testFiles('attacks', 'two-processes')).toEqual([])
  expect(await testFiles('faults', 'processes')).toEqual(['e2e/faults/two-processes.test.ts'])
})

test('a name that no file has is refused before anything runs', async () => {
  const print = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  expect(await guarantees(['--only=no-such-file'])).toBe(2)
  expect(print).toHaveBeenCalledWith(expect.stringContaining('has "no-such-file" in its name'))
})
