import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import badTokens from '../../original/recording/bad-tokens.json' with { type: 'json' }
import goodTokens from '../../original/recording/good-tokens.json' with { type: 'json' }
import { type RequestTrace, TraceReport } from '#contract/trace.ts'
import { TokenRecipe, RECORDING_SECRET } from '../../original/replay/recording.ts'
import { makeToken } from '../../original/replay/token.ts'
import { serveProject, type TestServer } from '../testing/serve-project.ts'

type Step = RequestTrace['steps'][number]

let server: TestServer

beforeAll(async () => {
  server = await serveProject({ secret: RECORDING_SECRET })
})

afterAll(() => server.close())

const now = () => Math.floor(Date.now() / 1000)

/** However long the passwords of this test take, they all come at one moment. */
function stopClock(): void {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
}

function readMe(authorization: string): Promise<Response> {
  return fetch(`${server.origin}/users/me`, { headers: { Authorization: authorization } })
}

/** The steps of an answer that have this name. */
async function stepsOf(answer: Response, name: string): Promise<Step[]> {
  const [, id] = answer.headers.get('traceparent')?.split('-') ?? []
  const report = TraceReport.parse(await (await fetch(`${server.origin}/api/traces/${id}`)).json())
  const trace: RequestTrace = report.requests[0]!
  return trace.steps.filter((step) => step.name === name)
}

async function tokenStep(answer: Response) {
  const [step] = await stepsOf(answer, 'auth.decode_token')
  if (step?.detail.kind !== 'token') throw new Error('no token was checked')
  return { step, detail: step.detail }
}

function logIn(username: string, password: string): Promise<Response> {
  return fetch(`${server.origin}/login`, {
    method: 'POST',
    body: new URLSearchParams({ username, password }),
  })
}

describe('a token', () => {
  test.each(Object.entries(goodTokens.tokens))('that is valid is accepted: %s', async (_name, recipe) => {
    const answer = await readMe(`Bearer ${makeToken(TokenRecipe.parse(recipe), now())}`)
    expect([answer.status, await answer.json()]).toMatchObject([200, { id: 1 }])
  })

  test('is checked in order, and each check is described', async () => {
    const answer = await readMe(`Bearer ${makeToken({ claims: { nbf: { now: -1 } } }, now())}`)
    const { step, detail } = await tokenStep(answer)
    expect(step).toMatchObject({ title: 'Token checked', kind: 'token', verdict: 'ok' })
    expect(detail).toEqual({
      kind: 'token',
      action: 'check',
      algorithm: 'HS256',
      lifetime: 1800,
      checks: [
        ['header', 'Authorization: Bearer with a token'],
        ['shape', 'three parts in base64url'],
        ['algorithm', 'HS256 and no other'],
        ['signature', "made with this server's key"],
        ['exp', 'not expired'],
        ['iat', 'not issued in the future'],
        ['nbf', 'already valid'],
        ['iss', 'issued by viva'],
        ['aud', 'issued for this sandbox'],
        ['sub', 'the id of a user'],
        ['user', 'the user still exists'],
      ].map(([name, message]) => ({ name, ok: true, message })),
    })
  })

  const faults: Record<string, (keyof typeof badTokens.tokens)[]> = {
    algorithm: [
      'algNone',
      'algNoneSigned',
      'algInCapitals',
      'algLower',
      'hs384',
      'hs512',
      'saysRs256',
      'noAlg',
      'algNumber',
    ],
    signature: [
      'otherKey',
      'emptyKey',
      'flippedSignature',
      'noSignature',
      'critical',
      'tamperedSub',
      'tamperedExp',
    ],
    exp: ['expired', 'expiredLong', 'expiresNow', 'expText', 'expNull', 'noExp', 'noClaims'],
    iat: ['issuedTomorrow', 'iatText', 'noIat'],
    nbf: ['notYet', 'nbfText'],
    iss: ['otherIssuer', 'issuerLonger', 'issuerList', 'issuerNumber', 'noIss'],
    aud: ['otherAudience', 'emptyAudience', 'audienceList', 'audienceNumber', 'audienceMixed', 'noAud'],
    sub: [
      'subNumber',
      'subNull',
      'subEmpty',
      'subWord',
      'subEmail',
      'subZero',
      'subNegative',
      'subFraction',
      'subSpaces',
    ],
    user: ['subUnknown'],
  }
  const all = Object.entries(faults).flatMap(([check, names]) => names.map((name) => [name, check] as const))

  test.each([...all, ['subHuge', 'sub'] as const])(
    'that is %s fails the check of %s',
    async (name, check) => {
      const answer = await readMe(`Bearer ${makeToken(TokenRecipe.parse(badTokens.tokens[name]), now())}`)
      expect([answer.status, await answer.json(), answer.headers.get('WWW-Authenticate')]).toEqual([
        401,
        { detail: 'Could not validate credentials' },
        'Bearer',
      ])
      const { step, detail } = await tokenStep(answer)
      expect(step.verdict).toBe('refused')
      const failed = detail.checks.filter(({ ok }) => !ok).map((each) => each.name)
      expect(failed).toEqual([check])
      expect(detail.checks.at(-1)?.name).toBe(check)
    },
  )

  const good = () => makeToken({}, now()).split('.')
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

  test.each<[string, () => string]>([
    ['nothing', () => ''],
    ['one part', () => good()[0]!],
    ['two parts', () => good().slice(0, 2).join('.')],
    ['four parts', () => `${good().join('.')}.`],
    ['padding that is too long', () => `${good().join('.')}==`],
    ['padding within', () => `${good()[0]}==.${good()[1]}.${good()[2]}`],
    ['other letters', () => `${good()[0]}.${good()[1]}.a+b/`],
    ['a header that is not JSON', () => ['e30x', ...good().slice(1)].join('.')],
    ['a header that is a list', () => [part([]), ...good().slice(1)].join('.')],
    ['a header that is null', () => [part(null), ...good().slice(1)].join('.')],
    ['claims that are a text', () => [good()[0], part('x'), good()[2]].join('.')],
    ['no claims', () => [good()[0], '', good()[2]].join('.')],
  ])('of %s has no shape', async (_what, token) => {
    const { detail } = await tokenStep(await readMe(`Bearer ${token()}`))
    expect(detail.checks.map(({ name, ok }) => [name, ok])).toEqual([
      ['header', true],
      ['shape', false],
    ])
    expect(detail.lifetime).toBeNull()
  })

  test.each([
    ['expText', null],
    ['iatText', null],
    ['expiredLong', expect.any(Number) as unknown],
  ] as const)('that is %s has a lifetime only where both times are numbers', async (name, lifetime) => {
    const token = makeToken(TokenRecipe.parse(badTokens.tokens[name]), now())
    expect((await tokenStep(await readMe(`Bearer ${token}`))).detail.lifetime).toEqual(lifetime)
  })

  const raw = (header: string, claims: string) => {
    const signed = [header, claims].map((part) => Buffer.from(part).toString('base64url')).join('.')
    return `${signed}.${createHmac('sha256', RECORDING_SECRET).update(signed).digest('base64url')}`
  }
  const HEADER = '{"alg":"HS256"}'
  const CLAIMS = '"sub":"1","iat":1,"exp":4102444800,"iss":"viva","aud":"default"'

  test.each([
    ['the same as JSON text', HEADER, `{${CLAIMS}}`],
    ['times that are texts', HEADER, `{${CLAIMS},"exp":" 4_102_444_800 ","iat":"１"}`],
    ['iat and nbf that are true', HEADER, `{${CLAIMS},"iat":true,"nbf":true}`],
    ['a byte order mark', `\ufeff${HEADER}`, `\ufeff{${CLAIMS}}`],
    ['numbers that aren’t JSON', '{"alg":"HS256","x":NaN}', `{${CLAIMS},"x":-Infinity}`],
    ['an extension that is turned on', '{"alg":"HS256","crit":["b64"],"b64":true}', `{${CLAIMS}}`],
  ])('with %s is accepted, as in PyJWT', async (_what, header, claims) => {
    expect((await readMe(`Bearer ${raw(header, claims)}`)).status).toBe(200)
  })

  test.each([
    ['an exp that never ends', 'exp', HEADER, `{${CLAIMS},"exp":1e400}`],
    ['an exp that is NaN', 'exp', HEADER, `{${CLAIMS},"exp":NaN}`],
    ['an exp of two underscores', 'exp', HEADER, `{${CLAIMS},"exp":"4102__444800"}`],
    ['an exp that is a list', 'exp', HEADER, `{${CLAIMS},"exp":[4102444800]}`],
    ['an iat that is negative without end', 'iat', HEADER, `{${CLAIMS},"iat":-1e400}`],
    ['an nbf that is null', 'nbf', HEADER, `{${CLAIMS},"nbf":null}`],
    ['a jti that is a number', 'jti', HEADER, `{${CLAIMS},"jti":5}`],
    ['a jti that is null', 'jti', HEADER, `{${CLAIMS},"jti":null}`],
    ['a kid that is a number', 'signature', '{"alg":"HS256","kid":5}', `{${CLAIMS}}`],
    ['a kid that is null', 'signature', '{"alg":"HS256","kid":null}', `{${CLAIMS}}`],
    ['b64 turned off', 'signature', '{"alg":"HS256","b64":false}', `{${CLAIMS}}`],
    ['b64 turned off and critical', 'signature', '{"alg":"HS256","b64":false,"crit":["b64"]}', `{${CLAIMS}}`],
    ['a critical list that is empty', 'signature', '{"alg":"HS256","crit":[]}', `{${CLAIMS}}`],
    [
      'an extension that is critical and absent',
      'signature',
      '{"alg":"HS256","crit":["b64"]}',
      `{${CLAIMS}}`,
    ],
  ])('with %s fails the check of %s, signed or not', async (_what, check, header, claims) => {
    const answer = await readMe(`Bearer ${raw(header, claims)}`)
    expect(answer.status).toBe(401)
    expect((await tokenStep(answer)).detail.checks.at(-1)).toMatchObject({ name: check, ok: false })
  })

  test.each([
    ['the moment its user was created', '2026-01-01T00:00:00.000Z', 200],
    ['another time: the id belonged to someone else', '2025-12-31T23:59:59.000Z', 401],
    ['no time at all', null, 401],
  ])('that names %s is accepted or refused', async (_what, created_at, status) => {
    const answer = await readMe(`Bearer ${makeToken({ claims: { created_at } }, now())}`)
    expect(answer.status).toBe(status)
    const { detail } = await tokenStep(answer)
    expect(detail.checks.at(-1)).toMatchObject({ name: 'user', ok: status === 200 })
  })

  test.each([
    ['Bearer', ''],
    ['bearer', ''],
    ['BEARER', '  '],
  ])('may follow %s', async (scheme, spaces) => {
    expect((await readMe(`${scheme} ${spaces}${good().join('.')}${spaces}`)).status).toBe(200)
  })

  test.each(['Basic abc', 'Token', 'x'])('is not looked for in "%s"', async (authorization) => {
    const answer = await readMe(authorization)
    expect([answer.status, await answer.json(), answer.headers.get('WWW-Authenticate')]).toEqual([
      401,
      { detail: 'Not authenticated' },
      'Bearer',
    ])
  })
})

describe('a login', () => {
  test('gives a token for half an hour, valid only in this sandbox', async () => {
    const answer = await logIn('ada@example.com', 'analytical-engine')
    const { access_token } = (await answer.clone().json()) as { access_token: string }
    const [header, claims] = access_token
      .split('.')
      .slice(0, 2)
      .map((each) => JSON.parse(Buffer.from(each, 'base64url').toString()) as Record<string, number>)
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT' })
    expect(claims).toEqual({
      sub: '1',
      iat: expect.any(Number) as unknown,
      exp: claims!.iat! + 1800,
      iss: 'viva',
      aud: 'default',
      created_at: '2026-01-01T00:00:00.000Z',
    })
    expect(Math.abs(claims!.iat! - now())).toBeLessThan(60)
    const [step] = await stepsOf(answer, 'auth.create_access_token')
    expect(step).toMatchObject({
      title: 'Token created',
      detail: { kind: 'token', action: 'create', algorithm: 'HS256', lifetime: 1800, checks: [] },
    })
  })

  const bcrypt = { kind: 'password', algorithm: 'bcrypt', cost: 10 }

  test.each([
    ['ada@example.com', 'analytical-engine', 'ok', 'Password compared', { action: 'compare', match: true }],
    [
      'ada@example.com',
      'difference-engine',
      'refused',
      'Password compared',
      { action: 'compare', match: false },
    ],
    [
      'nobody@example.com',
      'analytical-engine',
      'refused',
      'Password compared with a dummy hash: no user has this email',
      { action: 'compare-dummy', match: false },
    ],
  ])('of %s with %s is a step that is %s', async (email, password, verdict, title, detail) => {
    const answer = await logIn(email, password)
    expect(answer.status).toBe(verdict === 'ok' ? 200 : 401)
    const [step] = await stepsOf(answer, 'auth.verify_password')
    expect(step).toMatchObject({ kind: 'password', title, verdict, detail: { ...bcrypt, ...detail } })
  })

  test.each([
    [72, 1],
    [73, 0],
  ])(
    'with a password of %d bytes is compared %d times, since bcrypt would truncate it',
    async (bytes, times) => {
      const answer = await logIn('ada@example.com', 'é' + 'x'.repeat(bytes - 2))
      expect([answer.status, await answer.json()]).toEqual([401, { detail: 'Incorrect email or password' }])
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer')
      expect(await stepsOf(answer, 'auth.verify_password')).toHaveLength(times)
    },
  )
})

test('a new password is a step that shows its cost, and nothing of the password', async () => {
  const body = JSON.stringify({ name: 'Eve', email: 'eve@example.com', password: 'a long way to go' })
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(`${server.origin}/users/`, { method: 'POST', headers, body })
  const [step] = await stepsOf(answer, 'auth.hash_password')
  expect(step).toMatchObject({
    kind: 'password',
    title: 'Password hashed',
    verdict: 'ok',
    detail: { kind: 'password', action: 'hash', algorithm: 'bcrypt', cost: 10, match: null },
  })
})

test('each password is hashed with a salt of its own, and compared with that one', async () => {
  const [password, headers] = ['a long way to go', { 'Content-Type': 'application/json' }]
  const signUp = async (email: string) => {
    const body = JSON.stringify({ name: 'Eve', email, password })
    return fetch(`${server.origin}/users/`, { method: 'POST', headers, body })
  }
  const saltOf = async (answer: Response, step: string): Promise<string> => {
    const [found] = await stepsOf(answer, step)
    return (found?.detail as { salt: string }).salt
  }
  const first = await saltOf(await signUp('eve1@example.com'), 'auth.hash_password')
  const second = await saltOf(await signUp('eve2@example.com'), 'auth.hash_password')
  expect([first, second]).toEqual([
    expect.stringMatching(/^[./A-Za-z0-9]{22}$/),
    expect.stringMatching(/^[./A-Za-z0-9]{22}$/),
  ])
  expect(second).not.toBe(first)
  const compared = await saltOf(await logIn('eve1@example.com', password), 'auth.verify_password')
  expect(compared).toBe(first)
})

test.each([
  ['the name', 'Barbara Liskov', 'bl@example.com'],
  ['the email', 'Barbara@Example.com', 'barbara@example.com'],
  ['the part of the email before the @', 'barbara-liskov', 'barbara-liskov@example.com'],
])('a password that is %s is refused', async (_what, password, email) => {
  const body = JSON.stringify({ name: 'Barbara Liskov', email, password })
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(`${server.origin}/users/`, { method: 'POST', headers, body })
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { detail: 'Password must not be the name or the email' },
  ])
})

test('the eleventh wrong password in a minute is refused with the time to wait, however the account is spelled', async () => {
  stopClock()
  const statuses: number[] = []
  for (let time = 0; time < 10; time += 1) statuses.push((await logIn('grace@example.com', 'wrong')).status)
  expect(statuses).toEqual(Array<number>(10).fill(401))
  const answer = await logIn('GRACE@example.com', 'wrong')
  expect([answer.status, await answer.json()]).toEqual([
    429,
    { detail: 'Too many wrong passwords: try again later' },
  ])
  expect(answer.headers.get('Retry-After')).toBe('60')
  expect((await logIn('ada@example.com', 'wrong')).status).toBe(401)
})

test('the right password resets the count of wrong ones', async () => {
  stopClock()
  const wrong = async (times: number) => {
    const statuses = new Set<number>()
    for (let time = 0; time < times; time += 1)
      statuses.add((await logIn('alan@example.com', 'wrong')).status)
    return [...statuses]
  }
  expect(await wrong(9)).toEqual([401])
  expect((await logIn('alan@example.com', 'enigma-breaker')).status).toBe(200)
  expect(await wrong(9)).toEqual([401])
})
