// @vitest-environment node
import { expect, onTestFinished, test } from 'vitest'
import { limitMemory } from './limit-memory.ts'

test('memory grows up to the limit, and a failed attempt changes nothing', () => {
  const { prototype } = WebAssembly.Memory
  const own = Object.getOwnPropertyDescriptor(prototype, 'grow')
  onTestFinished(() => void Object.defineProperty(prototype, 'grow', own!))
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 10 })
  limitMemory(3 * 65_536)
  expect(memory.grow(2)).toBe(1)
  expect(() => memory.grow(1)).toThrow(RangeError)
  expect(memory.buffer.byteLength).toBe(3 * 65_536)
})
