import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { engines } from '../package.json'

type Version = number[]

/** Whether a range such as `^20.19.0 || >=22` includes a version; only the forms that the packages use. */
function includes(range: string, version: Version): boolean {
  return range.split('||').some((part) => {
    const bounds = [...part.matchAll(/([\^<>=~]*) *v?(\d[\d.]*|\*)/g)]
    expect(bounds, range).not.toHaveLength(0)
    return bounds.every(([, operator = '', text = '']) => {
      if (text === '*') return true
      const bound = text.split('.').filter(Boolean).map(Number)
      if (operator.startsWith('>')) return compare(version, bound) >= 0
      if (operator.startsWith('<')) return compare(version, bound) < 0
      return version[0] === bound[0] && compare(version, bound) >= 0
    })
  })
}

function compare(a: Version, b: Version): number {
  const at = [0, 1, 2].find((place) => (a[place] ?? 0) !== (b[place] ?? 0))
  return at === undefined ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

test('every installed package runs on the oldest Node that Viva runs on, so npm ci prints no EBADENGINE', async () => {
  const lock = JSON.parse(await readFile(resolve(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
    packages: Record<string, { engines?: { node?: string } }>
  }
  const oldest = engines.node.replace('>=', '').split('.').map(Number)
  const packages = Object.entries(lock.packages).filter(
    ([, { engines: { node } = {} }]) => node !== undefined,
  )
  expect(packages.length).toBeGreaterThan(100)
  const tooNew = packages.filter(([, { engines: { node = '' } = {} }]) => !includes(node, oldest))
  expect(tooNew.map(([name]) => name)).toEqual([])
})
