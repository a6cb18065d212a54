import { z } from 'zod'
import { isCommon } from './common-passwords.ts'
import { datetime, emailStr, float, int, literal, str } from '../fastapi/validation/field-types.ts'

// region schemas.user_create
/** bcrypt reads 72 bytes and no more: a longer password must not be cut silently. */
const fitsBcrypt = (password: string) => Buffer.byteLength(password) <= 72

const Name = str({ minLength: 1, maxLength: 50 })
const Password = str({ minLength: 8 })
  .refine(fitsBcrypt, {
    error: 'password must have at most 72 bytes, because bcrypt reads no more',
    abort: true,
  })
  .refine((password) => !isCommon(password), 'password is one of the most common: choose another')
const Age = int({ ge: 13, le: 120 })
const Bio = str({ maxLength: 280 })

export const UserCreate = z
  .strictObject({
    name: Name,
    email: emailStr(),
    password: Password,
    age: Age.nullable().default(null),
    bio: Bio.nullable().default(null),
  })
  .meta({ id: 'UserCreate', description: 'The body of POST /users/.' })
export type UserCreate = z.infer<typeof UserCreate>
// endregion

// region schemas.user_update
export const UserUpdate = z
  .strictObject({
    name: Name,
    email: emailStr(),
    age: Age.nullable().default(null),
    bio: Bio.nullable().default(null),
    password: Password.nullable().default(null),
  })
  .meta({
    id: 'UserUpdate',
    description: 'The body of PUT: what is left out is emptied; only the password stays.',
  })
export type UserUpdate = z.infer<typeof UserUpdate>
// endregion

// region schemas.user_patch
/** Refuses null, but not a field left out: what didn't come is not validated. */
const notNull = (field: z.ZodType<string>) =>
  field.nullable().transform((value, context) => {
    if (value !== null) return value
    context.addIssue('may be left out, but not null')
    return z.NEVER
  })

export const UserPatch = z
  .strictObject({
    name: notNull(Name).optional(),
    email: notNull(emailStr()).optional(),
    password: notNull(Password).optional(),
    age: Age.nullable().optional(),
    bio: Bio.nullable().optional(),
  })
  .meta({ id: 'UserPatch', description: 'The body of PATCH: what is left out stays as it is.' })
export type UserPatch = z.infer<typeof UserPatch>
// endregion

// region schemas.user_out
export const UserOut = z
  .object({
    id: int(),
    name: str(),
    email: str(),
    age: int().nullable(),
    bio: str().nullable(),
    created_at: datetime(),
  })
  .meta({ id: 'UserOut', description: 'What anyone may see of a user: no password, no hash.' })
export type UserOut = z.infer<typeof UserOut>
// endregion

// region schemas.token
export const Token = z
  .object({
    access_token: str(),
    token_type: str(),
  })
  .meta({ id: 'Token', description: 'The answer to a login, in the words of OAuth2.' })
export type Token = z.infer<typeof Token>
// endregion

export const Wait = z
  .object({
    way: literal('async', 'threadpool', 'blocking', 'one-at-a-time', 'connection', 'connection-async'),
    ms: int(),
    started: float(),
    ended: float(),
  })
  .meta({
    id: 'Wait',
    description: 'How long a call to the lab was in its handler; both times are from one clock.',
  })
export type Wait = z.infer<typeof Wait>

export const ServiceCall = z.object({ started: float(), ended: float() }).meta({
  id: 'ServiceCall',
  description: 'When a call to another service began and ended; both times are from one clock.',
})
