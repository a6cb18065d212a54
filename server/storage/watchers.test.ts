import { expect, test, vi } from 'vitest'
import { Watchers } from './watchers.ts'

test('a watcher is notified of its own stream only, until it stops', () => {
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

test('when streams may have changed by an unknown number of events, all watchers are notified without a number', () => {
  const watchers = new Watchers()
  const [one, other] = [vi.fn(), vi.fn()]
  watchers.add('room', one)
  watchers.add('hall', other)
  watchers.notifyAll()
  expect([one, other].map(({ mock }) => mock.calls)).toEqual([[[undefined]], [[undefined]]])
})

test('a stream is followed from its first watcher until the last has stopped', () => {
  const watchers = new Watchers()
  expect([watchers.has('room'), watchers.streams()]).toEqual([false, []])
  const ends = [watchers.add('room', vi.fn()), watchers.add('room', vi.fn())]
  ends[0]?.()
  expect([watchers.has('room'), watchers.streams()]).toEqual([true, ['room']])
  ends[1]?.()
  expect([watchers.has('room'), watchers.streams()]).toEqual([false, []])
})

test("stopping twice doesn't affect later watchers", () => {
  const watchers = new Watchers()
  const end = watchers.add('room', vi.fn())
  end()
  const later = vi.fn()
  watchers.add('room', later)
  end()
  watchers.notify('room', 1)
  expect(later).toHaveBeenCalledWith(1)
})
