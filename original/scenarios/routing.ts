import { ask, type Scenario } from './scenario.ts'

const METHODS: [line: string][] = [
  ['PUT /users/'],
  ['PATCH /users/'],
  ['DELETE /users/'],
  ['POST /users/1'],
  ['POST /users/abc'],
  ['POST /users/me'],
  ['PUT /users/me'],
  ['PATCH /users/me'],
  ['DELETE /users/me'],
  ['GET /login'],
  ['PUT /login'],
  ['DELETE /login'],
  ['POST /items'],
  ['DELETE /items'],
  ['POST /lab/wait/async'],
  ['PUT /lab/wait/threadpool'],
  ['DELETE /lab/wait/blocking'],
  ['TRACE /items'],
  ['MKCOL /users/'],
  ['PROPFIND /items'],
]

export const methods: Scenario = {
  title: 'Paths that are there, methods that are not',
  requests: METHODS.map(([line]) => ask(line, line)),
}

export const unknownPaths: Scenario = {
  title: 'Paths that are not there',
  requests: [
    'GET /nowhere',
    'POST /nowhere',
    'GET /nowhere/',
    'GET /user/1',
    'GET /Users/',
    'GET /USERS/1',
    'GET /users/1/posts',
    'GET /users/me/',
    'GET /users//',
    'GET /users//1',
    'GET //users/',
    'GET /items/1',
    'GET /lab',
    'GET /lab/',
    'GET /lab/wait',
    'GET /lab/wait/',
    'GET /lab/wait/later',
    'GET /lab/wait/async/1',
    'GET /login/extra',
    'GET /openapi.yaml',
    'GET /users/%2e%2e/items',
    'GET /users%2F1',
    'DELETE /nowhere',
    'OPTIONS /nowhere',
    'HEAD /nowhere',
  ].map((line) => ask(line, line)),
}

export const redirects: Scenario = {
  title: 'A slash too few, a slash too many',
  requests: [
    ask('GET /users', 'GET /users'),
    ask('with a query', 'GET /users?skip=1&limit=1'),
    ask('with an empty query', 'GET /users?'),
    ask('with odd letters in the query', 'GET /users?q=%C3%A9%20+%26'),
    ask('POST keeps its method', 'POST /users', { json: { name: 'Ada' } }),
    ask('even when the method is not there', 'DELETE /users'),
    ask('GET /users/1/', 'GET /users/1/'),
    ask('an id that is no id', 'GET /users/abc/'),
    ask('PUT /users/1/', 'PUT /users/1/', { json: {} }),
    ask('GET /items/', 'GET /items/'),
    ask('with a query', 'GET /items/?a=1'),
    ask('two slashes too many', 'GET /items//'),
    ask('POST /login/', 'POST /login/', {
      form: { username: 'ada@example.com', password: 'analytical-engine' },
    }),
    ask('GET /login/', 'GET /login/'),
    ask('GET /lab/wait/async/', 'GET /lab/wait/async/?ms=0'),
    ask('GET /openapi.json/', 'GET /openapi.json/'),
    ask('HEAD', 'HEAD /users'),
    ask('OPTIONS', 'OPTIONS /users'),
    ask('another host', 'GET /users', { headers: { Host: 'viva.example.com' } }),
    ask('another host and port', 'GET /users?limit=2', { headers: { Host: 'viva.example.com:8443' } }),
  ],
}

export const headAndOptions: Scenario = {
  title: 'HEAD and OPTIONS are not answered by themselves',
  requests: [
    'HEAD /users/',
    'HEAD /users/1',
    'HEAD /users/99',
    'HEAD /users/me',
    'HEAD /items',
    'HEAD /login',
    'HEAD /lab/wait/async',
    'HEAD /openapi.json',
    'HEAD /docs',
    'OPTIONS /users/',
    'OPTIONS /users/1',
    'OPTIONS /users/me',
    'OPTIONS /items',
    'OPTIONS /login',
    'OPTIONS /lab/wait/blocking',
  ].map((line) => ask(line, line)),
}

export const documents: Scenario = {
  title: 'The document and its pages',
  requests: [
    ask('the document', 'GET /openapi.json'),
    ask('Swagger', 'GET /docs'),
    ask('Redoc', 'GET /redoc'),
    ask('POST /openapi.json', 'POST /openapi.json'),
    ask('POST /docs', 'POST /docs'),
  ],
}
