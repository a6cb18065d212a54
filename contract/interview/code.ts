import { z } from 'zod'

/**
 * The characters of join codes. Of those that look or sound alike at most one is used: 0 O Q D, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V. Vowels
 * are left out, so that no code is a word. 22 to the power of 6 is 113 million codes.
 */
const CODE_ALPHABET = '23456789CFHJKMNPRTVWXY'

const CODE_LENGTH = 6

/** Letters outside the alphabet that can only be a misreading of one inside it. */
const MISREAD: Record<string, string> = { Z: '2', S: '5', G: '6', B: '8', U: 'V' }

export const JoinCode = z.string().regex(new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`))
export type JoinCode = z.infer<typeof JoinCode>

/**
 * A code as a person types it: any case, with spaces or dashes, a letter misread.
 * @returns null when it can't be a code
 */
export function readCode(typed: string): JoinCode | null {
  const plain = typed.toUpperCase().replace(/[\s\-–—.]/g, '')
  const code = [...plain].map((letter) => MISREAD[letter] ?? letter).join('')
  return JoinCode.safeParse(code).data ?? null
}

/** A code as it is shown: two groups of three, which are easier to read aloud. */
export function formatCode(code: JoinCode): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`
}

/**
 * Makes a code from random bytes. Bytes that would make some letters likelier than others are skipped.
 * @throws RangeError when there are too few; with 32 that happens once in ten thousand billion times
 */
export function codeOf(random: Uint8Array): JoinCode {
  const fair = 256 - (256 % CODE_ALPHABET.length)
  const letters = [...random]
    .filter((byte) => byte < fair)
    .map((byte) => CODE_ALPHABET.charAt(byte % CODE_ALPHABET.length))
  if (letters.length < CODE_LENGTH) throw new RangeError('too few random bytes for a code')
  return letters.slice(0, CODE_LENGTH).join('')
}
