import { z } from 'zod'

/** In lower case, however it was written. Of a command, an interview, a room, an interviewer, a moment: made by whoever makes the thing, so that sending it twice makes one. */
export const Uuid = z.uuid().toLowerCase()

/**
 * A secret that opens an interview or a candidate's seat: 32 random bytes in base64url. The browser makes it, so that an answer that gets
 * lost on the way loses no key; the server keeps its SHA-256 only.
 */
export const Key = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes in base64url')

/** SHA-256 in lower-case hexadecimal. */
export const KeyHash = z.string().regex(/^[0-9a-f]{64}$/)

/** Milliseconds since 1970, by the server's clock. */
export const Time = z.int().nonnegative()

/** A length of time in milliseconds. */
export const Duration = z.int().nonnegative()

/** A person's name as it is shown: one line, nothing invisible in it. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]*$/u, 'must be one line of visible characters')

/** Bytes in base64. */
export const Base64 = z.base64()
