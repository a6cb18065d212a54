import { expect, test } from 'vitest'
import { Step } from './lesson.ts'
import { stepsToRun } from './run-plan.ts'
import { requestOf, savedFrom } from './request.ts'
import { fill } from './variables.ts'

const steps = [
  { id: 'create', path: '/users/', method: 'POST', json: { name: 'Eve' }, save: { id: 'id' }, fresh: true },
  {
    id: 'login',
    path: '/login',
    method: 'POST',
    form: { username: 'a b', password: '{{secret}}' },
    save: { token: 'access_token' },
    after: ['create'],
  },
  { id: 'list', path: '/users/' },
  { id: 'delete', path: '/users/{{id}}', method: 'DELETE', headers: { Authorization: 'Bearer {{token}}' } },
].map((step) => Step.parse({ title: 'a title', note: 'a note', ...step }))

const ids = (id: string, known: string[] = []): string[] =>
  stepsToRun(steps, id, new Set(known)).map((step) => step.id)

test('an independent step runs alone; one that needs values first runs the steps that save them, in order', () => {
  expect(ids('list')).toEqual(['list'])
  expect(ids('delete')).toEqual(['create', 'login', 'delete'])
  expect(ids('delete', ['token', 'id'])).toEqual(['delete'])
  expect(ids('delete', ['id'])).toEqual(['create', 'login', 'delete'])
  expect(ids('login', ['secret'])).toEqual(['create', 'login'])
  expect(() => ids('nowhere')).toThrow('no step "nowhere"')
})

test('a request gets its variables, content type and token', () => {
  const [create, login, , remove] = steps
  if (!create || !login || !remove) throw new Error('the steps above are four')
  expect(requestOf(create, {}, 'abc')).toEqual({
    method: 'POST',
    path: '/users/',
    headers: [
      ['Content-Type', 'application/json'],
      ['Authorization', 'Bearer abc'],
    ],
    body: '{\n  "name": "Eve"\n}',
  })
  expect(requestOf(login, { secret: 'p&q' }, null).body).toBe('username=a+b&password=p%26q')
  expect(requestOf(remove, { id: 4, token: 't' }, 'other')).toMatchObject({
    path: '/users/4',
    headers: [['Authorization', 'Bearer t']],
    body: null,
  })
})

test('values are saved by path, and keep their type when they are the whole text', () => {
  const [create] = steps
  if (!create) throw new Error('the steps above are four')
  expect(savedFrom(create, { id: 4 })).toEqual({ id: 4 })
  expect(savedFrom(create, { detail: 'no' })).toEqual({})
  expect(fill({ a: '{{id}}', b: ['x{{id}}', '{{none}}'] }, { id: 4 })).toEqual({
    a: 4,
    b: ['x4', '{{none}}'],
  })
})
