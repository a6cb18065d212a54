import { decodeToken } from '../../server/project/auth.ts'
import type { Request } from '../../server/fastapi/request.ts'
import { RECORDING_SECRET } from '../replay/recording.ts'
import { askPython } from './ask-python.ts'
import { chanceOf } from './chance.ts'
import { inventToken } from './invent-token.ts'

/**
 * Lets the original's `decode_token`, with its PyJWT, and the twin's judge invented tokens.
 * @returns one line for each token that only one of them takes
 */
export async function differTokens(
  python: string,
  project: string,
  seed: number,
  count: number,
): Promise<string[]> {
  const chance = chanceOf(seed)
  const tokens = Array.from({ length: count }, () => inventToken(chance))
  const expected = await askPython(python, 'decode_tokens.py', project, tokens)
  const lines: string[] = []
  for (const [index, token] of tokens.entries()) {
    const actual = await idIn(token)
    if (actual !== expected[index]) {
      lines.push(
        `seed ${seed}, token ${index}: ${token}: original ${JSON.stringify(expected[index])}, twin ${actual}`,
      )
    }
  }
  return lines
}

async function idIn(token: string): Promise<number | null> {
  const state = { secret: new TextEncoder().encode(RECORDING_SECRET), sandbox: { id: 'default' } }
  return decodeToken({ state } as unknown as Request, token).then(
    ({ id }) => id,
    () => null,
  )
}
