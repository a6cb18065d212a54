import { createHmac } from 'node:crypto'
import { RECORDING_SECRET, type Json, type TokenRecipe } from './recording.ts'

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * Makes the token of a recipe, valid or not.
 * @param now seconds since the Unix epoch
 */
export function makeToken(recipe: TokenRecipe, now: number): string {
  const good: Record<string, Json> = {
    sub: '1',
    iat: { now: 0 },
    exp: { now: 1800 },
    iss: 'viva',
    aud: 'default',
  }
  const claims = atTime({ ...good, ...recipe.claims }, now)
  for (const name of recipe.without ?? []) delete claims[name]

  const header = encode(recipe.header ?? { alg: 'HS256', typ: 'JWT' })
  const signed = `${header}.${encode(claims)}`
  const signature = sign(signed, recipe)
  if (!recipe.tampered) return `${signed}.${signature}`
  return `${header}.${encode({ ...claims, ...atTime(recipe.tampered, now) })}.${signature}`
}

function atTime(claims: Record<string, Json>, now: number): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      if (value === null || typeof value !== 'object' || Array.isArray(value)) return [name, value]
      return [name, typeof value.now === 'number' ? now + value.now : value]
    }),
  )
}

function sign(text: string, { key = RECORDING_SECRET, signature = 'SHA256' }: TokenRecipe): string {
  if (signature === 'empty') return ''
  const algorithm = signature === 'flipped' ? 'SHA256' : signature
  const bytes = createHmac(algorithm, key).update(text).digest()
  if (signature === 'flipped') bytes[0]! ^= 1
  return bytes.toString('base64url')
}
