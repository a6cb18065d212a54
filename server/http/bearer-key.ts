import { createHash } from 'node:crypto'
import type { Context } from 'koa'
import { Key } from '#contract/interview/identity.ts'

/** A key has 256 random bits and can't be guessed from its hash, so a slow hash would protect nothing more. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** The hash of the key in `Authorization: Bearer …`; null when there is none that could be one. */
export function keyHashOf(ctx: Context): string | null {
  const [, given] = /^Bearer (\S+)$/i.exec(ctx.get('Authorization')) ?? []
  const key = Key.safeParse(given)
  return key.success ? hashOf(key.data) : null
}
