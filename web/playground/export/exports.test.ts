// @vitest-environment node
import { expect, test } from 'vitest'
import { Step } from '#contract/lesson.ts'
import type { PlainRequest } from '#contract/request.ts'
import { CannotWrite } from './request-text.ts'
import { toFetch } from './fetch.ts'
import { toHar } from './har.ts'
import { toHttp } from './http-block.ts'
import { stepsToHttp } from './http-file.ts'
import { toHttpx } from './httpx.ts'
import { stepsToPostman } from './postman.ts'

const ORIGIN = 'http://localhost:8000'
const ada = { id: 1, name: 'Ada Lovelace', email: 'ada@example.com', password: 'analytical-engine' }
const patch: PlainRequest = {
  method: 'PATCH',
  path: '/users/1',
  headers: [
    ['Content-Type', 'application/json'],
    ['Authorization', 'Bearer t'],
  ],
  body: JSON.stringify({ bio: null, age: 37, tags: [], ok: true }, null, 2),
}
const lesson = {
  title: 'Errors',
  steps: [
    Step.parse({
      id: 'make',
      title: 'Make someone',
      note: 'A new row.',
      method: 'POST',
      path: '/users/',
      json: { name: 'New' },
      save: { userId: 'id', first: 'detail.0.type' },
      fresh: true,
      claims: [{ id: 'c', sentence: 'It is made', shows: 'status 201', expect: { status: 201 } }],
    }),
    Step.parse({
      id: 'change',
      title: 'Change it',
      note: 'As Ada.',
      as: 'ada',
      method: 'PATCH',
      path: '/users/{{userId}}?x=1',
    }),
  ],
}

test('the fetch code runs unchanged', async () => {
  const source = toFetch(patch, ORIGIN)
  const calls: unknown[] = []
  const run = new Function('fetch', 'console', `return (async () => {${source}})()`)
  await run(async (...args: unknown[]) => (calls.push(args), new Response('')), { log: () => {} })
  expect(calls).toEqual([
    [`${ORIGIN}/users/1`, { method: 'PATCH', headers: Object.fromEntries(patch.headers), body: patch.body }],
  ])
})

test('in httpx code, JSON becomes Python, and what Python would write differently stays text', () => {
  const python = toHttpx(patch, ORIGIN)
  expect(python).toContain('"PATCH",\n    "http://localhost:8000/users/1",')
  expect(python).toContain(
    'json={\n        "bio": None,\n        "age": 37,\n        "tags": [],\n        "ok": True,\n    },',
  )
  expect(python).not.toContain('Content-Type')
  expect(toHttpx({ ...patch, body: '{"age": 1.0}' }, ORIGIN)).toContain(String.raw`content="{\"age\": 1.0}",`)
  const form: PlainRequest = {
    ...patch,
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: 'a=1&b=x+y',
  }
  expect(toHttpx(form, ORIGIN)).toContain('data={\n        "a": "1",\n        "b": "x y",\n    },')
})

test('an .http file logs in first, names steps and passes saved values on', () => {
  expect(toHttp(patch, ORIGIN)).toBe(
    `PATCH ${ORIGIN}/users/1\nContent-Type: application/json\nAuthorization: Bearer t\n\n${patch.body}\n`,
  )
  const file = stepsToHttp([lesson], [ada], ORIGIN, 'rest-client')
  expect(file).toContain('# @name login_ada\nPOST {{origin}}/login')
  expect(file).toContain(
    'username=ada%40example.com&password=analytical-engine\n\n###\n@token_ada = {{login_ada.response.body.$.access_token}}\n',
  )
  expect(file).toContain('POST {{origin}}/api/sandbox/reset')
  expect(file).toContain(
    '###\n@userId = {{make.response.body.$.id}}\n@first = {{make.response.body.$.detail[0].type}}',
  )
  expect(file).toContain('PATCH {{origin}}/users/{{userId}}?x=1\nAuthorization: Bearer {{token_ada}}')
})

test.each([
  '< /etc/hostname',
  '<@ ./secrets.json',
  'a\n< /etc/hostname\nb',
  '### next\nDELETE http://localhost:8000/users/1',
  '# x',
  '  // x',
  '@x = 1',
  '> {% client.log(1) %}',
  '>> out.json',
  '?? status == 200',
  'a {{x}} b',
  '{{ run() }}',
  '\n\nx',
  'x\n\n',
  'a\r\nb',
  'GET http://localhost:8000/',
  'wait ===',
])('a body that an .http file would change is refused: %j', (body) => {
  const text: PlainRequest = { method: 'POST', path: '/items', headers: [], body }
  expect(() => toHttp(text, ORIGIN)).toThrow(CannotWrite)
})

test('in a file of steps, a request that .http would change is a comment in its place', () => {
  const step = Step.parse({
    id: 'send',
    title: 'Send',
    note: 'An odd body.',
    method: 'POST',
    path: '/items',
    text: '< /etc/hostname',
  })
  const file = stepsToHttp([{ title: 'Odd', steps: [step, ...lesson.steps] }], [ada], ORIGIN, 'rest-client')
  expect(file).toContain(
    "### Odd: Send\n# Left out. This body can't be written in an .http file: the line “< /etc/hostname” has a special meaning there.\n",
  )
  expect(file).not.toMatch(/^</m)
  expect(file).toContain('POST {{origin}}/users/')
})

test('for JetBrains and httpYac a script after the request passes values on', () => {
  const file = stepsToHttp([lesson], [ada], ORIGIN, 'jetbrains')
  expect(file).toContain('> {%\n  client.global.set("token_ada", response.body.access_token);\n%}\n')
  expect(file).toContain('  client.global.set("first", response.body.detail[0].type);\n')
  expect(file).toContain('PATCH {{origin}}/users/{{userId}}?x=1\nAuthorization: Bearer {{token_ada}}')
})

test('a part of a text is saved where the tool can take it, and values of a trace nowhere', () => {
  const save = { end: { path: 'access_token', matches: '[^.]+$' }, salt: { step: 'a.b', path: 'salt' } }
  const steps = [
    { id: 'log-in', path: '/login', save },
    { id: 'forge', path: '/users/me', headers: { Authorization: 'Bearer a.b.{{end}}' } },
    { id: 'burst', path: '/items', burst: 2, save: { took: 'duration' } },
  ].map((step) => Step.parse({ title: 'A title', note: 'A note.', ...step }))
  const lesson = { title: 'Parts', steps }
  const jetbrains = stepsToHttp([lesson], [], ORIGIN, 'jetbrains')
  expect(jetbrains).toContain(
    'client.global.set("end", response.body.access_token.match(new RegExp("[^.]+$", "u"))[0]);',
  )
  expect(jetbrains).toContain('Authorization: Bearer a.b.{{end}}')
  const restClient = stepsToHttp([lesson], [], ORIGIN, 'rest-client')
  expect(restClient).toContain(
    "# Left out. REST Client can't save a part of a text, which is what {{end}} holds.",
  )
  const postman = JSON.stringify(stepsToPostman([lesson], [], ORIGIN))
  expect(postman).toContain(String.raw`?.match(new RegExp(\"[^.]+$\", \"u\"))?.[0]`)
  for (const file of [jetbrains, restClient, postman]) expect(file).not.toMatch(/salt|took/)
  expect(restClient).not.toContain('@end')
})

test('in a file of several lessons every name is unique', () => {
  for (const dialect of ['rest-client', 'jetbrains'] as const) {
    const file = stepsToHttp([lesson, lesson], [ada], ORIGIN, dialect)
    const names = [...file.matchAll(/^# @name (.+)$/gm)].map(([, name]) => name)
    expect(names).toEqual(['login_ada', 'q1_make', 'q1_change', 'q2_make', 'q2_change'])
    expect(file).toContain('/users/{{q2_userId}}?x=1\nAuthorization: Bearer {{token_ada}}')
    expect(file.match(/q2_first/g)).toHaveLength(1)
  }
})

test('a form keeps its variables where a tool looks for them', () => {
  const step = Step.parse({
    id: 'log-in',
    title: 'Log in',
    note: 'With what was saved.',
    method: 'POST',
    path: '/login',
    form: { username: '{{email}}', password: 'a b' },
    save: { email: 'email' },
  })
  const form = { title: 'Forms', steps: [step] }
  expect(stepsToHttp([form], [], ORIGIN, 'jetbrains')).toContain('\nusername={{email}}&password=a+b\n')
  expect(stepsToPostman([form], [], ORIGIN).item[1]?.item?.[0]?.request).toMatchObject({
    body: { raw: 'username={{email}}&password=a+b' },
  })
})

test('a redirect’s status is not tested in Postman, which follows it', () => {
  const [step] = lesson.steps
  const claims = step!.claims.map((claim) => ({ ...claim, expect: { status: 307 } }))
  const redirected = { title: 'Redirects', steps: [{ ...step!, save: {}, claims }] }
  expect(JSON.stringify(stepsToPostman([redirected], [], ORIGIN))).not.toContain('pm.test')
})

test('a Postman collection has a folder per lesson, saves values and tests the statuses that claims expect', () => {
  const { info, item, variable } = stepsToPostman([lesson], [ada], ORIGIN)
  expect(info.schema).toContain('v2.1.0')
  expect(variable).toEqual([{ key: 'origin', value: ORIGIN }])
  expect(item.map(({ name, item: inner }) => [name, inner?.map((step) => step.name)])).toEqual([
    ['Reset and log in', ['Reset the sandbox', 'Ada Lovelace']],
    ['Errors', ['Reset the sandbox', 'Make someone', 'Change it']],
  ])
  expect(item[1]?.item?.[1]?.event?.[0]?.script.exec).toEqual([
    'pm.collectionVariables.set("userId", pm.response.json()?.["id"])',
    'pm.collectionVariables.set("first", pm.response.json()?.["detail"]?.[0]?.["type"])',
    'pm.test("status 201", () => pm.response.to.have.status(201))',
  ])
  expect(item[1]?.item?.[2]?.request).toMatchObject({
    url: { path: ['users', '{{userId}}'], query: [{ key: 'x', value: '1' }] },
    header: [{ key: 'Authorization', value: 'Bearer {{token_ada}}' }],
  })
})

test('an archive of the session has no token and no password', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'
  const har = toHar(
    [
      {
        at: '2026-11-23T10:00:00.000Z',
        request: {
          method: 'POST',
          path: '/login?x=1',
          headers: [['Authorization', `Bearer ${token}`]],
          body: 'username=a&password=hunter2',
        },
        answer: {
          status: 200,
          statusText: 'OK',
          headers: [['content-type', 'application/json']],
          text: `{"access_token":"${token}","password": "hunter2"}`,
          bytes: 90,
          ms: 3,
        },
      },
    ],
    ORIGIN,
    '1.0.0',
  )
  const text = JSON.stringify(har)
  expect(text).not.toMatch(/hunter2|eyJ/)
  expect(har).toMatchObject({
    log: {
      version: '1.2',
      entries: [
        { time: 3, request: { queryString: [{ name: 'x', value: '1' }] }, response: { status: 200 } },
      ],
    },
  })
})
