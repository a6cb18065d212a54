import { jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { RECORDING_SECRET } from './recording.ts'
import { makeToken } from './token.ts'

const key = new TextEncoder().encode(RECORDING_SECRET)
const now = () => Math.floor(Date.now() / 1000)

test('an empty recipe makes a valid token for user 1, for half an hour', async () => {
  const { payload } = await jwtVerify(makeToken({}, now()), key, { issuer: 'viva', audience: 'default' })
  expect(payload.sub).toBe('1')
  expect(payload.exp! - payload.iat!).toBe(1800)
})

test('claims are added, changed and removed, and times are relative to now', async () => {
  const recipe = { claims: { sub: '2', nbf: { now: -5 } }, without: ['iat'] }
  const at = now()
  const { payload } = await jwtVerify(makeToken(recipe, at), key)
  expect(payload).toEqual({ sub: '2', exp: at + 1800, nbf: at - 5, iss: 'viva', aud: 'default' })
})

test.each([
  ['another key', { key: 'x'.repeat(40) }],
  ['a flipped bit', { signature: 'flipped' as const }],
  ['no signature', { signature: 'empty' as const }],
  ['claims changed afterwards', { tampered: { sub: '2' } }],
])('%s makes a token that doesn’t verify', async (_, recipe) => {
  await expect(jwtVerify(makeToken(recipe, now()), key)).rejects.toThrow('signature verification failed')
})

test('another algorithm is really used', async () => {
  const token = makeToken({ header: { alg: 'HS512' }, signature: 'SHA512' }, now())
  expect((await jwtVerify(token, key)).protectedHeader.alg).toBe('HS512')
})
