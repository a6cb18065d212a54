import { expect } from 'vitest'
import { keepsPromise } from '../support/promises.ts'
import { testApp } from '../support/test-app.ts'

keepsPromise('Writes of one sandbox happen in one order', async (row) => {
  row.tried = '50 creates of one name at once, over 50 connections'
  const app = await testApp()
  const body = JSON.stringify({ name: 'Alan', email: 'once@example.com', password: 'a long password' })
  const create = () =>
    fetch(`${app.origin}/users/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    })
  const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await create()).status))
  const made = statuses.filter((status) => status === 201).length
  const refused = statuses.filter((status) => status === 400 || status === 503).length
  row.figure = `${made} answered 201, ${refused} refused`
  expect([made, refused]).toEqual([1, 49])
  const users = (await (await fetch(`${app.origin}/users/`)).json()) as { email: string }[]
  expect(users.filter(({ email }) => email === 'once@example.com')).toHaveLength(1)
})
