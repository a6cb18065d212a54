// @vitest-environment node
import { expect, test } from 'vitest'
import { loadOnce } from './load-once.ts'

test('a second caller waits for the same answer, and nothing is fetched again', async () => {
  let fetched = 0
  let answer: (text: string) => void = () => undefined
  const { value, state, load } = loadOnce(() => {
    fetched += 1
    return new Promise<string>((resolve) => (answer = resolve))
  }, 'nothing yet')
  const both = Promise.all([load(), load()])
  expect([value.value, state.value]).toEqual(['nothing yet', 'loading'])
  answer('all of it')
  await both
  await load()
  expect([value.value, state.value, fetched]).toEqual(['all of it', 'ready', 1])
})

test('after a failure it is fetched again, and says that it is loading', async () => {
  const states: string[] = []
  const answers = [() => Promise.reject(new Error('offline')), () => Promise.resolve('all of it')]
  const { value, state, load } = loadOnce(() => {
    states.push(state.value)
    return answers[states.length - 1]!()
  }, 'nothing yet')
  await load()
  expect([value.value, state.value]).toEqual(['nothing yet', 'failed'])
  await load()
  expect([value.value, state.value, states]).toEqual(['all of it', 'ready', ['loading', 'loading']])
})
