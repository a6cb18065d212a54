import { ask, signUp, type Scenario } from './scenario.ts'

const ids = [
  '1',
  '3',
  '4',
  '0',
  '-1',
  '-0',
  '+1',
  '01',
  '1.0',
  '1.5',
  '1e0',
  '1_0',
  'abc',
  'ME',
  'null',
  'true',
  '%20',
  '1%20',
  '%31',
]
const largeIds = [
  '2147483647',
  '2147483648',
  '9007199254740993',
  '99999999999999999999',
  '-99999999999999999999',
]
const oddIds = [
  '%F0%9F%91%A9',
  '%C3%A9',
  '%FF',
  '%00',
  '%D9%A1',
  '1%2F2',
  '1%3F',
  '1;x=1',
  '1,2',
  '%2525',
  'a+b',
  '{user_id}',
  "'",
]

export const readPeople: Scenario = {
  title: 'Reading one person: ids in the path',
  requests: [...ids, ...largeIds, ...oddIds].map((id) => ask(id, `GET /users/${id}`)),
}

const queries = [
  '',
  '?skip=1',
  '?limit=1',
  '?skip=1&limit=1',
  '?skip=2&limit=10',
  '?skip=3',
  '?skip=1000',
  '?skip=0&limit=100',
  '?skip=-1',
  '?limit=0',
  '?limit=101',
  '?limit=-5',
  '?skip=-1&limit=0',
  '?skip=2147483647',
  '?skip=2147483648',
  '?skip=99999999999999999999&limit=99999999999999999999',
  '?skip=abc',
  '?skip=',
  '?skip',
  '?skip=&limit=',
  '?skip=1.0',
  '?skip=1.5',
  '?skip=true',
  '?skip=null',
  '?skip=%201',
  '?skip=+1',
  '?skip=%2B1',
  '?skip=0x1',
  '?skip=1_0',
  '?skip=1&skip=2',
  '?skip=abc&skip=2',
  '?skip=2&skip=abc',
  '?SKIP=2',
  '?skip=2;limit=1',
  '?skip%3D2',
  '?%73kip=2',
  '?page=2&sort=name',
  '?&&skip=2&',
  '?skip=%F0%9F%91%A9',
  '?skip=%FF',
  '?skip=%',
  '?skip[]=1',
]

export const listPeople: Scenario = {
  title: 'Listing people: skip and limit',
  requests: queries.map((query) => ask(query || 'no query', `GET /users/${query}`)),
}

export const longList: Scenario = {
  title: 'Listing more people than one page holds',
  requests: [
    ...Array.from({ length: 9 }, (_, index) =>
      signUp(`person ${index + 4}`, { email: `p${index + 4}@example.com` }),
    ),
    ask('ten by default', 'GET /users/'),
    ask('the rest', 'GET /users/?skip=10'),
    ask('a page in the middle', 'GET /users/?skip=4&limit=3'),
    ask('all', 'GET /users/?limit=100'),
  ],
}
