import { expect, test, vi } from 'vitest'
import { Watchers } from './watchers.ts'

test('who watches a stream is told of it and of no other, until they end it', () => {
  const watchers = new Watchers()
  const [one, two, other] = [vi.fn(), vi.fn(), vi.fn()]
  const end = watchers.add('room', one)
  watchers.add('room', two)
  watchers.add('hall', other)
  watchers.notify('room', 7)
  expect([one, two, other].map(({ mock }) => mock.calls)).toEqual([[[7]], [[7]], []])
  end()
  watchers.notify('room', 8)
  watchers.notify('nobody', 1)
  expect(one).toHaveBeenCalledTimes(1)
  expect(two).toHaveBeenLastCalledWith(8)
})

test('when the stream may have moved and nobody knows how far, all are told without a number', () => {
  const watchers = new Watchers()
  const [one, other] = [vi.fn(), vi.fn()]
  watchers.add('room', one)
  watchers.add('hall', other)
  watchers.notifyAll()
  expect([one, other].map(({ mock }) => mock.calls)).toEqual([[[undefined]], [[undefined]]])
})

test('a stream is watched from the first who watches until the last has ended', () => {
  const watchers = new Watchers()
  expect([watchers.has('room'), watchers.streams()]).toEqual([false, []])
  const ends = [watchers.add('room', vi.fn()), watchers.add('room', vi.fn())]
  ends[0]?.()
  expect([watchers.has('room'), watchers.streams()]).toEqual([true, ['room']])
  ends[1]?.()
  expect([watchers.has('room'), watchers.streams()]).toEqual([false, []])
})

test('to end it twice takes nothing from those who came since', () => {
  const watchers = new Watchers()
  const end = watchers.add('room', vi.fn())
  end()
  const later = vi.fn()
  watchers.add('room', later)
  end()
  watchers.notify('room', 1)
  expect(later).toHaveBeenCalledWith(1)
})
