import { z } from 'zod'

/**
 * The id of a command, an interview, a room, an interviewer or a moment; parsing puts it in lower case. The client makes it, so that a
 * request that is sent twice creates one thing.
 */
export const Uuid = z.uuid().toLowerCase()

/**
 * A secret that opens an interview or a candidate's seat: 32 random bytes in base64url. The browser makes it, so that a
 * lost response loses no key; the server keeps only its SHA-256.
 */
export const Key = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes in base64url')

/** SHA-256 in lower-case hexadecimal. */
export const KeyHash = z.string().regex(/^[0-9a-f]{64}$/)

/** Milliseconds since the Unix epoch, by the server's clock. */
export const Time = z.int().nonnegative()

/** A length of time in milliseconds. */
export const Duration = z.int().nonnegative()

/** A person's name as it is shown: one line without invisible characters. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]*$/u, 'must be one line of visible characters')

/** Bytes in base64. */
export const Base64 = z.base64()

/** What names a lesson in all that is stored. */
export const LessonSlug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80)
