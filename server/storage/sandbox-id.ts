import { randomBytes } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** 26 characters of a–z2–7: 130 bits that nobody guesses. */
export function newSandboxId(): string {
  return Array.from(randomBytes(26), (byte) => ALPHABET[byte & 31]).join('')
}
