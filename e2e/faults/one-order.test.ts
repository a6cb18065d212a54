import { expect } from 'vitest'
import { hasPostgres } from '../../server/storage/testing/make-database.ts'
import { guarantee, type Attempt } from '../support/guarantees.ts'
import { testApp, testInstances } from '../support/test-app.ts'

guarantee('Writes of one sandbox happen in one order', async (row) => {
  const app = await testApp()
  await makeOneNameAtOnce(row, (path, init) => fetch(app.origin + path, init))
})

guarantee('Writes of one sandbox happen in one order, on two instances with one database', async (row) => {
  if (!(await hasPostgres('one order'))) {
    row.leftOut = 'no PostgreSQL here'
    return
  }
  const instances = await testInstances()
  await makeOneNameAtOnce(row, (path, init) => instances.ask(path, init))
})

async function makeOneNameAtOnce(
  row: Attempt,
  ask: (path: string, init?: RequestInit) => Promise<Response>,
): Promise<void> {
  row.tried = '50 creates of one name at once, over 50 connections'
  const body = JSON.stringify({ name: 'Alan', email: 'once@example.com', password: 'a long password' })
  const create = () =>
    ask('/users/', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await create()).status))
  const made = statuses.filter((status) => status === 201).length
  const refused = statuses.filter((status) => status === 400 || status === 503).length
  row.figure = `${made} answered 201, ${refused} refused`
  expect([made, refused]).toEqual([1, 49])
  const users = (await (await ask('/users/')).json()) as { email: string }[]
  expect(users.filter(({ email }) => email === 'once@example.com')).toHaveLength(1)
}
