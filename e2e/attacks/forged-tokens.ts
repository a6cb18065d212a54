import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

export interface Forgery {
  what: string
  /** The full value of `Authorization`. */
  authorization: string
}

export interface Known {
  /** The server's own key: even with it, a wrong claim must be refused. */
  secret: string
  /** The sandbox that is attacked, and another one. */
  sandbox: string
  other: string
  /** A good token of the attacked sandbox. */
  good: string
  /** A good token of the other sandbox. */
  foreign: string
  /** A token of a user who has been deleted since. */
  deleted: string
}

const base64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Forged tokens of every known kind, all of which must be refused. */
export function forgeries(known: Known): Forgery[] {
  return [
    ...algorithms(known),
    ...tampered(known),
    ...claims(known),
    ...headers(known),
    ...shapes(known),
    ...schemes(known),
    { what: 'of the other sandbox', authorization: `Bearer ${known.foreign}` },
    { what: 'of a deleted user', authorization: `Bearer ${known.deleted}` },
  ]
}

function goodClaims({ sandbox }: Known): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000)
  return { sub: '1', iat: now, exp: now + 1800, iss: 'viva', aud: sandbox }
}

function hmac(secret: string | Buffer, head: unknown, payload: unknown, hash = 'sha256'): string {
  const signed = `${base64(head)}.${base64(payload)}`
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`
}

const HS256 = { alg: 'HS256', typ: 'JWT' }
const bearer = (what: string, token: string): Forgery => ({ what, authorization: `Bearer ${token}` })

function algorithms(known: Known): Forgery[] {
  const payload = goodClaims(known)
  const [, , signature = ''] = known.good.split('.')
  const none = ['none', 'None', 'NONE', 'nOnE', '', ' none'].flatMap((alg) => [
    bearer(`alg ${alg || '(empty)'} without a signature`, `${base64({ alg })}.${base64(payload)}.`),
    bearer(`alg ${alg || '(empty)'} with one`, `${base64({ alg })}.${base64(payload)}.${signature}`),
  ])
  const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { privateKey: ec } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { privateKey: ed } = generateKeyPairSync('ed25519')
  const signedBy = (alg: string, key: KeyObject, hash: string | null): Forgery => {
    const text = `${base64({ alg, typ: 'JWT' })}.${base64(payload)}`
    const bytes = sign(hash, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
    return bearer(`signed by ${alg} with a key of one’s own`, `${text}.${bytes.toString('base64url')}`)
  }
  return [
    ...none,
    bearer('HS384 with the server’s key', hmac(known.secret, { alg: 'HS384' }, payload, 'sha384')),
    bearer('HS512 with the server’s key', hmac(known.secret, { alg: 'HS512' }, payload, 'sha512')),
    bearer('HS512 that says HS256', hmac(known.secret, HS256, payload, 'sha512')),
    bearer('hs256 in small letters', hmac(known.secret, { alg: 'hs256' }, payload)),
    bearer('alg as a list', hmac(known.secret, { alg: ['HS256'] }, payload)),
    bearer('no alg', hmac(known.secret, { typ: 'JWT' }, payload)),
    signedBy('RS256', rsa, 'sha256'),
    signedBy('ES256', ec, 'sha256'),
    signedBy('EdDSA', ed, null),
  ]
}

function tampered({ good, ...known }: Known): Forgery[] {
  const [head = '', payload = '', signature = ''] = good.split('.')
  const flipped = Buffer.from(signature, 'base64url')
  flipped[0] = (flipped[0] ?? 0) ^ 1
  const other = base64({ ...goodClaims({ good, ...known }), sub: '2' })
  return [
    bearer('payload exchanged', `${head}.${other}.${signature}`),
    bearer('head exchanged', `${base64({ alg: 'HS256', kid: '1' })}.${payload}.${signature}`),
    bearer('one bit of the signature flipped', `${head}.${payload}.${flipped.toString('base64url')}`),
    bearer('signature cut', `${head}.${payload}.${signature.slice(0, -4)}`),
    bearer('signature empty', `${head}.${payload}.`),
    bearer('signature of zeros', `${head}.${payload}.${Buffer.alloc(32).toString('base64url')}`),
    bearer('signature twice', `${head}.${payload}.${signature}${signature}`),
    bearer('another key', hmac('x'.repeat(32), HS256, goodClaims({ good, ...known }))),
    bearer('the empty key', hmac('', HS256, goodClaims({ good, ...known }))),
    bearer('a key of NUL bytes', hmac(Buffer.alloc(32), HS256, goodClaims({ good, ...known }))),
  ]
}

/** Signed with the server’s own key, so that they can be refused only for the claim. */
function claims(known: Known): Forgery[] {
  const now = Math.floor(Date.now() / 1000)
  const good = goodClaims(known)
  const changed = (what: string, change: Record<string, unknown>): Forgery =>
    bearer(what, hmac(known.secret, HS256, { ...good, ...change }))
  const subjects: unknown[] = [
    ...[1, 0, -1, 1.5, true, null, [], ['1'], {}, { id: '1' }, '', ' ', '0', '01', '-1', '+1', '1.0', '1e0'],
    ...[' 1', '1 ', '1\n', '１', '0x1', '1;2', "1' OR '1'='1", '99999999999', '4294967297', 'admin', 'ada'],
  ]
  return [
    ...subjects.map((sub) => changed(`sub ${JSON.stringify(sub)}`, { sub })),
    changed('no sub', { sub: undefined }),
    changed('a user that never was', { sub: '999999999' }),
    ...[undefined, null, '', 'tomorrow', `${now - 1}`, now - 1, now, 0, -1, [now + 1800], true].map((exp) =>
      changed(`exp ${JSON.stringify(exp) ?? 'left out'}`, { exp }),
    ),
    ...[undefined, 'now', `${now + 3600}`, now + 3600, null].map((iat) =>
      changed(`iat ${JSON.stringify(iat) ?? 'left out'}`, { iat }),
    ),
    ...[now + 3600, `${now + 3600}`, null, []].map((nbf) => changed(`nbf ${JSON.stringify(nbf)}`, { nbf })),
    ...[undefined, 'Viva', 'viva ', ['viva'], null, ''].map((iss) =>
      changed(`iss ${JSON.stringify(iss) ?? 'left out'}`, { iss }),
    ),
    ...[undefined, known.other, [known.other], 'default', '*', '', null, [], [known.sandbox, 1], {}].map(
      (aud) => changed(`aud ${JSON.stringify(aud) ?? 'left out'}`, { aud }),
    ),
    ...[5, null, ['1']].map((jti) => changed(`jti ${JSON.stringify(jti)}`, { jti })),
    bearer(
      'exp without end',
      hmac(known.secret, HS256, JSON.stringify(good).replace(/"exp":\d+/, '"exp":1e400')),
    ),
    bearer('a payload that is a list', hmac(known.secret, HS256, [good])),
    bearer('a payload that is a text', hmac(known.secret, HS256, '"1"')),
    bearer('a payload that is null', hmac(known.secret, HS256, 'null')),
    bearer('a payload that is no JSON', hmac(known.secret, HS256, '{"sub":"1"')),
    bearer('an empty payload', hmac(known.secret, HS256, '')),
  ]
}

function headers(known: Known): Forgery[] {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = publicKey.export({ format: 'jwk' })
  const own = 'a key of the attacker, 32 bytes long'
  const heads: [string, Record<string, unknown>][] = [
    ['kid that leads to a file', { kid: '../../../../dev/null' }],
    ['kid with SQL', { kid: "1' UNION SELECT 'x" }],
    ['jwk that brings its key', { jwk }],
    ['jwk with the attacker’s secret', { jwk: { kty: 'oct', k: base64(own) } }],
    ['jku elsewhere', { jku: 'http://127.0.0.1:9/keys' }],
    ['x5u elsewhere', { x5u: 'http://127.0.0.1:9/cert' }],
    ['x5c', { x5c: ['MIIB'] }],
    ['zip', { zip: 'DEF' }],
    ['b64 turned off', { b64: false, crit: ['b64'] }],
  ]
  return [
    ...heads.map(([what, more]) => bearer(what, hmac(own, { ...HS256, ...more }, goodClaims(known)))),
    ...[{ kid: 5 }, { kid: null }, { b64: false }, { b64: false, crit: ['b64'] }, { crit: [] }].map((more) =>
      bearer(
        `${JSON.stringify(more)} in the header, with the server’s key`,
        hmac(known.secret, { ...HS256, ...more }, goodClaims(known)),
      ),
    ),
    bearer(
      'an unknown crit, with the server’s key',
      hmac(known.secret, { ...HS256, crit: ['mine'], mine: 1 }, goodClaims(known)),
    ),
  ]
}

function shapes({ good, secret, ...known }: Known): Forgery[] {
  const [head = '', payload = '', signature = ''] = good.split('.')
  return [
    bearer('one part', head),
    bearer('two parts', `${head}.${payload}`),
    bearer('four parts', `${good}.${signature}`),
    bearer('five parts, as a JWE has', `${head}.${payload}.${signature}.${payload}.${head}`),
    bearer('only dots', '..'),
    bearer('padded base64', `${head}=.${payload}==.${signature}=`),
    bearer('in quotes', `"${good}"`),
    bearer('percent-encoded', encodeURIComponent(`${good} `)),
    bearer('two tokens', `${good},${good}`),
    bearer('two tokens with a space', `${good} ${good}`),
    bearer('JSON serialization', JSON.stringify({ protected: head, payload, signature })),
    bearer('12 kB of letters', 'a'.repeat(12_000)),
    bearer(
      '11 kB of claims, signed',
      hmac(secret, HS256, { ...goodClaims({ good, secret, ...known }), sub: '9'.repeat(8_000) }),
    ),
    bearer('null', 'null'),
    bearer('undefined', 'undefined'),
    bearer('[object Object]', '[object Object]'),
    bearer('one letter', 'x'),
  ]
}

function schemes({ good }: Known): Forgery[] {
  return [
    { what: 'an empty header', authorization: '' },
    { what: 'no token', authorization: 'Bearer' },
    { what: 'no token but a space', authorization: 'Bearer ' },
    { what: 'no scheme', authorization: good },
    { what: 'Basic', authorization: `Basic ${Buffer.from('ada@example.com:secret').toString('base64')}` },
    { what: 'Basic with the token', authorization: `Basic ${good}` },
    { what: 'Token', authorization: `Token ${good}` },
    { what: 'Bearer:', authorization: `Bearer: ${good}` },
    { what: 'Bearer twice', authorization: `Bearer Bearer ${good}` },
    { what: 'Bearer=', authorization: `Bearer=${good}` },
  ]
}
