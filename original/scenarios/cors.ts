import { ask, type Request, type Scenario } from './scenario.ts'

const FRIEND = 'http://localhost:5173'

function preflight(title: string, path: string, method: string, headers?: string, origin = FRIEND): Request {
  const asked: Record<string, string> =
    headers === undefined ? {} : { 'Access-Control-Request-Headers': headers }
  return ask(title, `OPTIONS ${path}`, {
    headers: { Origin: origin, 'Access-Control-Request-Method': method, ...asked },
  })
}

const from = (title: string, line: string, origin: string) =>
  ask(title, line, { headers: { Origin: origin } })

export const preflights: Scenario = {
  title: 'What a browser asks before it calls from another origin',
  requests: [
    preflight('GET', '/users/', 'GET'),
    preflight('POST with JSON', '/users/', 'POST', 'content-type'),
    preflight('PUT with a token', '/users/1', 'PUT', 'authorization,content-type'),
    preflight('headers in capitals, with spaces', '/users/1', 'PATCH', 'Authorization, Content-Type'),
    preflight('a header that every browser may send', '/users/', 'GET', 'accept-language'),
    preflight('DELETE', '/users/1', 'DELETE', 'authorization'),
    preflight('a header that isn’t allowed', '/users/', 'GET', 'x-sandbox'),
    preflight('a header of the trace', '/users/', 'GET', 'traceparent'),
    preflight('an empty list of headers', '/users/', 'GET', ''),
    preflight('a method that isn’t allowed', '/users/', 'TRACE'),
    preflight('HEAD', '/users/', 'HEAD'),
    preflight('a method in small letters', '/users/', 'get'),
    preflight('an origin that isn’t allowed', '/users/', 'GET', undefined, 'https://evil.example.com'),
    preflight('the same host by another port', '/users/', 'GET', undefined, 'http://localhost:5174'),
    preflight('the same host by https', '/users/', 'GET', undefined, 'https://localhost:5173'),
    preflight('no origin that one could name', '/users/', 'GET', undefined, 'null'),
    preflight('an empty origin', '/users/', 'GET', undefined, ''),
    ask('every header twice: the first one counts', 'OPTIONS /users/', {
      headers: {
        Origin: [FRIEND, 'https://evil.example.com'],
        'Access-Control-Request-Method': ['GET', 'TRACE'],
        'Access-Control-Request-Headers': ['content-type', 'x-sandbox'],
      },
    }),
    ask('two origins, the first one a stranger', 'GET /items', {
      headers: { Origin: ['https://evil.example.com', FRIEND] },
    }),
    preflight('POST with JSON by a stranger', '/users/', 'POST', 'content-type', 'https://stranger.example'),
    preflight('everything wrong', '/users/', 'TRACE', 'x-sandbox', 'https://evil.example.com'),
    preflight('a path that isn’t there', '/nowhere', 'GET'),
    preflight('a method that the path doesn’t have', '/items', 'DELETE'),
    ask('OPTIONS from another origin that is no preflight', 'OPTIONS /items', {
      headers: { Origin: FRIEND },
    }),
    ask('no preflight without an origin', 'OPTIONS /items', {
      headers: { 'Access-Control-Request-Method': 'GET' },
    }),
    ask('for a private network', 'OPTIONS /items', {
      headers: {
        Origin: FRIEND,
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Private-Network': 'true',
      },
    }),
  ],
}

export const crossOrigin: Scenario = {
  title: 'Calls from another origin',
  requests: [
    from('a friend', 'GET /items', FRIEND),
    from('a stranger is answered, too: CORS stops no request', 'GET /items', 'https://evil.example.com'),
    from('null', 'GET /items', 'null'),
    from('an empty origin', 'GET /items', ''),
    from('a friend who gets a 404', 'GET /users/99', FRIEND),
    from('a friend who gets a 401', 'GET /users/me', FRIEND),
    from('a friend who gets a 405', 'POST /items', FRIEND),
    from('a friend who gets a 422', 'GET /users/abc', FRIEND),
    from('a friend who is sent on', 'GET /users', FRIEND),
    from('a friend who is lost', 'GET /nowhere', FRIEND),
    ask('a friend with a cookie', 'GET /items', { headers: { Origin: FRIEND, Cookie: 'a=b' } }),
    ask('a stranger who logs in: a form needs no preflight', 'POST /login', {
      headers: { Origin: 'https://stranger.example' },
      form: { username: 'ada@example.com', password: 'analytical-engine' },
    }),
    ask('a friend who logs in', 'POST /login', {
      headers: { Origin: FRIEND },
      form: { username: 'ada@example.com', password: 'analytical-engine' },
    }),
  ],
}
