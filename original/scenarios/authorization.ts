import { ask, type Request, type Scenario } from './scenario.ts'

const withHeader = (title: string, value: string | string[]): Request =>
  ask(title, 'GET /users/me', { headers: { Authorization: value } })

export const authorizationHeaders: Scenario = {
  title: 'The Authorization header',
  tokens: { ada: {} },
  requests: [
    ask('none', 'GET /users/me'),
    withHeader('empty', ''),
    withHeader('only the scheme', 'Bearer'),
    withHeader('the scheme and a space', 'Bearer '),
    withHeader('only the token', '{{ada}}'),
    withHeader('another scheme', 'Basic YWRhOmFuYWx5dGljYWwtZW5naW5l'),
    withHeader('a scheme that begins alike', 'BearerToken {{ada}}'),
    withHeader('Token', 'Token {{ada}}'),
    withHeader('lower case', 'bearer {{ada}}'),
    withHeader('capitals', 'BEARER {{ada}}'),
    withHeader('two spaces', 'Bearer  {{ada}}'),
    withHeader('a tab', 'Bearer\t{{ada}}'),
    withHeader('a colon', 'Bearer: {{ada}}'),
    withHeader('quotes', 'Bearer "{{ada}}"'),
    withHeader('something behind', 'Bearer {{ada}} x'),
    withHeader('a comma behind', 'Bearer {{ada}},'),
    withHeader('an equals sign behind: padding that base64 may have', 'Bearer {{ada}}='),
    withHeader('two equals signs behind', 'Bearer {{ada}}=='),
    withHeader('spaces of Latin-1 around', 'Bearer \u00a0{{ada}}\u0085'),
    withHeader('garbage', 'Bearer garbage'),
    withHeader('two parts', 'Bearer a.b'),
    withHeader('three parts of garbage', 'Bearer a.b.c'),
    withHeader('four parts', 'Bearer {{ada}}.x'),
    withHeader('three empty parts', 'Bearer ..'),
    withHeader('null', 'Bearer null'),
    withHeader('undefined', 'Bearer undefined'),
    withHeader('a payload that is no JSON', 'Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eHh4.eHh4'),
    withHeader('a header that is a list', 'Bearer W10.e30.eHh4'),
    withHeader('letters of Latin-1', 'Bearer \u00e9\u00e8'),
    ask('a header with a small letter', 'GET /users/me', { headers: { authorization: 'Bearer {{ada}}' } }),
    ask('a token in the query is no token', 'GET /users/me?access_token={{ada}}'),
    ask('a token in a cookie is no token', 'GET /users/me', { headers: { Cookie: 'access_token={{ada}}' } }),
    ask('a bad token where none is asked for', 'GET /users/1', {
      headers: { Authorization: 'Bearer garbage' },
    }),
    ask('nor at the items', 'GET /items', { headers: { Authorization: 'Nonsense' } }),
  ],
}
