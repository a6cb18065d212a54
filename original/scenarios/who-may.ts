import { ask, PEOPLE, type Json, type Request, type Scenario } from './scenario.ts'

const ways: { method: string; good?: Json; bad?: Json }[] = [
  { method: 'PUT', good: { name: 'Grace', email: 'grace@example.com' }, bad: { name: '' } },
  { method: 'PATCH', good: { name: 'Grace' }, bad: { name: '' } },
  { method: 'DELETE' },
]

function order({ method, good, bad }: (typeof ways)[number]): Request[] {
  const body = good ? { json: good } : {}
  const wrong = bad ? { json: bad } : undefined
  return [
    ask(`${method}: nobody is calling`, `${method} /users/2`, body),
    ask(`${method}: nobody is calling someone who isn’t there`, `${method} /users/99`, body),
    ask(`${method}: nobody is calling with bad input`, `${method} /users/abc`, wrong),
    ask(`${method}: bad token, bad id`, `${method} /users/abc`, { ...body, as: 'forged' }),
    ask(`${method}: bad id`, `${method} /users/abc`, { ...body, as: 'ada' }),
    ask(`${method}: an id of zero`, `${method} /users/0`, { ...body, as: 'ada' }),
    ask(`${method}: bad id, bad body`, `${method} /users/abc`, { ...wrong, as: 'ada' }),
    ask(`${method}: someone who isn’t there`, `${method} /users/99`, { ...body, as: 'ada' }),
    ask(`${method}: someone else`, `${method} /users/2`, { ...body, as: 'ada' }),
    ...(wrong
      ? [
          ask(`${method}: someone else, bad body`, `${method} /users/2`, { ...wrong, as: 'ada' }),
          ask(`${method}: someone who isn’t there, bad body`, `${method} /users/99`, { ...wrong, as: 'ada' }),
        ]
      : []),
  ]
}

export const whoMay: Scenario = {
  title: '401, 422, 404, 403: which comes first',
  tokens: { ...PEOPLE, forged: { key: 'another key, and as long as the true one' } },
  requests: [...ways.flatMap(order), ask('nobody was changed', 'GET /users/')],
}
