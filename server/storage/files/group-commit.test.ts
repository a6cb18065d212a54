import { expect, test } from 'vitest'
import { GroupCommit } from './group-commit.ts'

/** Writes that return when the test says so. */
function pendingWrites() {
  const writes: { items: readonly string[]; succeed: () => void; fail: (error: Error) => void }[] = []
  const commits = new GroupCommit<string, string>(
    (items) =>
      new Promise((resolve, reject) => {
        const results = items.map((item): PromiseSettledResult<string> =>
          item === 'bad'
            ? { status: 'rejected', reason: new Error('bad is refused') }
            : { status: 'fulfilled', value: `stored ${item}` },
        )
        writes.push({ items, succeed: () => resolve(results), fail: reject })
      }),
  )
  const answers: string[] = []
  const add = (item: string) =>
    commits.add(item).then(
      (result) => void answers.push(result),
      (error: Error) => void answers.push(error.message),
    )
  return { writes, commits, answers, add }
}

/** Long enough for everything that waits for nothing but promises. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what arrives during a write waits, shares the next one, and is answered only after it, refused or not', async () => {
  const { writes, commits, answers, add } = pendingWrites()
  void add('one')
  void add('two')
  void add('bad')
  await turn()
  expect(writes.map(({ items }) => items)).toEqual([['one']])
  expect(answers).toEqual([])
  writes[0]?.succeed()
  await turn()
  expect(answers).toEqual(['stored one'])
  void add('three')
  await turn()
  expect(writes.map(({ items }) => items)).toEqual([['one'], ['two', 'bad']])
  expect(answers).toEqual(['stored one'])
  writes[1]?.succeed()
  await turn()
  expect(answers).toEqual(['stored one', 'stored two', 'bad is refused'])
  expect(writes[2]?.items).toEqual(['three'])
  writes[2]?.succeed()
  await commits.settled()
  expect(commits.busy).toBe(false)
})

test('when a write fails, its whole batch fails with its error, and the next batch is written', async () => {
  const { writes, commits, answers, add } = pendingWrites()
  void add('one')
  void add('two')
  void add('bad')
  await turn()
  writes[0]?.succeed()
  await turn()
  void add('three')
  writes[1]?.fail(new Error('no room'))
  await turn()
  expect(answers).toEqual(['stored one', 'no room', 'no room'])
  expect(commits.busy).toBe(true)
  writes[2]?.succeed()
  await commits.settled()
  expect(answers.at(-1)).toBe('stored three')
})

test('an item that a commit leaves out fails and never counts as stored', async () => {
  const commits = new GroupCommit<string, string>(async () => [])
  await expect(commits.add('one')).rejects.toThrow('without a result')
})
