import { ask, type Scenario } from './scenario.ts'

const ways = [
  'wait/async',
  'wait/threadpool',
  'wait/blocking',
  'wait/one-at-a-time',
  'connection',
  'connection/async',
  'two-calls',
]
const queries = [
  'ms=-1',
  'ms=2001',
  'ms=abc',
  'ms=',
  'ms=1.5',
  'ms=99999999999999999999',
  'ms=true',
  'ms=0&ms=-1',
]

export const lab: Scenario = {
  title: 'The items and the lab',
  requests: [
    ask('the items', 'GET /items'),
    ask('a query that nobody asked for', 'GET /items?limit=1'),
    ask('what a browser would like', 'GET /items', { headers: { Accept: 'application/xml' } }),
    ...ways.flatMap((way) => [
      ask(`${way}: no time at all`, `GET /lab/${way}?ms=0`),
      ask(`${way}: as long as it likes`, `GET /lab/${way}`),
      ask(`${way}: five milliseconds`, `GET /lab/${way}?ms=5`),
      ask(`${way}: a time in a text with zeros`, `GET /lab/${way}?ms=005.0`),
      ...queries.map((query) => ask(`${way}: ${query}`, `GET /lab/${way}?${query}`)),
    ]),
    ...['in-turn', 'together', 'Together', 'gather', '', 'together&how=in-turn'].map((how) =>
      ask(`two calls, how=${how}`, `GET /lab/two-calls?ms=5&how=${how}`),
    ),
    ask('two calls, and both parameters are wrong', 'GET /lab/two-calls?how=both&ms=2001'),
    ask('an exception that nothing handles', 'GET /lab/boom'),
    ask('the same from a foreign page that may read answers', 'GET /lab/boom', {
      headers: { Origin: 'http://localhost:5173' },
    }),
    ask('a query that nobody asked for, and still the exception', 'GET /lab/boom?ms=-1'),
    ask('another method', 'POST /lab/boom'),
    ask('the head alone', 'HEAD /lab/boom'),
    ask('a slash behind it', 'GET /lab/boom/'),
    ask('the next request is as good as ever', 'GET /items'),
  ],
}
