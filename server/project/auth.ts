import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { SignJWT } from 'jose'
import { dependency } from '../fastapi/dependency.ts'
import { HTTPException } from '../fastapi/http-exception.ts'
import { OAuth2PasswordBearer } from '../fastapi/oauth2.ts'
import type { Request } from '../fastapi/request.ts'
import type { Attempts } from '../limits/attempts.ts'
import { clientOf } from '../limits/client-address.ts'
import type { Owner } from '../pools/fair-queue.ts'
import { COST, compare, DUMMY_HASH, hash } from '../pools/passwords.ts'
import { inStep } from '../trace/trace.ts'
import { inPasswordStep, inTokenStep, noteUser, type Check } from './auth-steps.ts'
import { comparable } from './common-passwords.ts'
import { getDb } from './database.ts'
import { User } from './models.ts'
import { int } from './python-int.ts'
import { isUnderstood, partsOf } from './token-parts.ts'

export { DUMMY_HASH }

declare module '../fastapi/request.ts' {
  interface RequestState {
    /** What tokens are signed with. */
    secret: Uint8Array
    /** Counts wrong logins. */
    logins: Attempts
  }
}

const ALGORITHM = 'HS256'
const ISSUER = 'viva'
/** Seconds. */
const LIFETIME = 30 * 60

// region auth.hash_password
/** Salted, so the same password never has the same hash twice. */
export function hashPassword(request: Request, password: string): Promise<string> {
  const { trace } = request.state
  return inPasswordStep(trace, 'auth.hash_password', { action: 'hash', cost: COST }, () =>
    hash(password, ownerOf(request)),
  )
}
// endregion

// region auth.verify_password
/** Hashes `password` with the salt of the stored hash and compares the two. */
export async function verifyPassword(
  request: Request,
  password: string,
  hashedPassword: string,
): Promise<boolean> {
  if (Buffer.byteLength(password) > 72) return false
  const action = hashedPassword === DUMMY_HASH ? 'compare-dummy' : 'compare'
  const about = { action, cost: COST, stored: hashedPassword } as const
  return inPasswordStep(request.state.trace, 'auth.verify_password', about, () =>
    compare(password, hashedPassword, ownerOf(request)),
  )
}
// endregion

// region auth.refuse_guessable
/** An attacker tries the name and the email first. */
export function refuseGuessable(password: string, name: string, email: string): void {
  const guesses = [name, email, email.slice(0, email.lastIndexOf('@'))].map(comparable)
  if (guesses.includes(comparable(password))) {
    throw new HTTPException(400, 'Password must not be the name or the email')
  }
}
// endregion

// region auth.limit_logins
/**
 * Ten wrong passwords a minute for one account from one address, then 429. An attempt counts before its password is
 * compared, so that guesses sent at once count as well; the right password starts the count anew.
 */
export async function limitLogins<T>(request: Request, email: string, login: () => Promise<T>): Promise<T> {
  const { logins, sandbox, trace } = request.state
  const account = createHash('sha256')
    .update(`${sandbox.id}\n${comparable(email)}`)
    .digest('base64url')
  const end = await inStep(trace, LIMIT_STEP, async () => {
    const begun = await logins.begin(`${account} ${clientOf(request)}`)
    if (typeof begun === 'function') return begun
    throw new HTTPException(429, 'Too many wrong passwords: try again later', {
      'Retry-After': String(begun),
    })
  })
  const token = await login().catch(async (error: unknown) => {
    await end(error instanceof HTTPException && error.status === 401 ? 'wrong' : 'none')
    throw error
  })
  await end('right')
  return token
}
// endregion

// region auth.create_access_token
/** A signed statement, readable by anyone, of who this is and until when. */
export function createAccessToken(
  request: Request,
  user: { id: number; created_at: string },
): Promise<string> {
  const { secret, sandbox, trace } = request.state
  const now = Math.floor(Date.now() / 1000)
  return inTokenStep(
    trace,
    'auth.create_access_token',
    { action: 'create', algorithm: ALGORITHM },
    (_check, step) => {
      step.lifetime = LIFETIME
      const claims = { sub: String(user.id), iat: now, exp: now + LIFETIME, iss: ISSUER, aud: sandbox.id }
      // The original has no sandboxes that are reset: there the five are all.
      return new SignJWT({ ...claims, created_at: user.created_at })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .sign(secret)
    },
  )
}
// endregion

// region auth.oauth2_scheme
// Takes the token out of `Authorization: Bearer <token>`, or answers 401.
const oauth2Scheme = OAuth2PasswordBearer({ region: 'auth.oauth2_scheme', tokenUrl: 'login' })
// endregion

// region auth.decode_token
/** Which user the token names, and when that one was created; 401 unless every claim holds. */
export function decodeToken(request: Request, token: string): Promise<{ id: number; createdAt: unknown }> {
  const { secret, sandbox, trace } = request.state
  const about = { action: 'check', algorithm: ALGORITHM, refusal: credentialsError } as const
  return inTokenStep(trace, 'auth.decode_token', about, (check: Check, step) => {
    const now = Date.now() / 1000
    check('header', true, 'Authorization: Bearer with a token')
    const parts = partsOf(token)
    check('shape', parts !== undefined, 'three parts in base64url')
    const { header, claims, signed, signature } = parts
    check('algorithm', header.get('alg') === ALGORITHM, `${ALGORITHM} and no other`)
    const isSigned = isUnderstood(header) && isSignedWith(secret, signed, signature)
    check('signature', isSigned, "made with this server's key")

    const [exp, iat] = [int(claims.get('exp')), int(claims.get('iat'))]
    step.lifetime = exp !== undefined && iat !== undefined ? Number(exp - iat) : null
    check('exp', exp !== undefined && exp > now, 'not expired')
    check('iat', iat !== undefined && iat <= now, 'not issued in the future')
    if (claims.has('nbf')) check('nbf', (int(claims.get('nbf')) ?? Infinity) <= now, 'already valid')
    check('iss', claims.get('iss') === ISSUER, `issued by ${ISSUER}`)
    check('aud', isFor(claims.get('aud'), sandbox.id), 'issued for this sandbox')
    if (claims.has('jti')) check('jti', typeof claims.get('jti') === 'string', 'the token id is a string')
    const sub = claims.get('sub')
    check('sub', typeof sub === 'string' && /^[1-9][0-9]{0,9}$/.test(sub), 'the id of a user')
    return { id: Number(sub), createdAt: claims.get('created_at') }
  })
}
// endregion

// region auth.get_current_user
/** The user whose token this is; 401 if the token is bad or the user is gone. */
export const getCurrentUser = dependency(
  { region: 'auth.get_current_user', depends: { token: oauth2Scheme, db: getDb } },
  async ({ token, db, request }) => {
    const { id, createdAt } = await decodeToken(request, token)
    const user = await db.get(User, id)
    // A sandbox that was reset gives its ids anew, and to others.
    const same = createdAt === undefined || createdAt === user?.created_at
    noteUser(request.state.trace, user !== null && same)
    if (user === null || !same) throw credentialsError()
    return user
  },
)
// endregion

/** One answer for every fault, so that it tells a forger nothing. */
function credentialsError(): HTTPException {
  return new HTTPException(401, 'Could not validate credentials', { 'WWW-Authenticate': 'Bearer' })
}

const LIMIT_STEP = {
  name: 'auth.limit_logins',
  kind: 'handler',
  title: 'Login attempts limited',
  detail: {
    kind: 'handler',
    summary: 'At most ten wrong passwords a minute for one account from one address.',
  },
} as const

/** For whom a password is worked on: addresses and sandboxes take turns. */
function ownerOf(request: Request): Owner {
  return {
    address: clientOf(request),
    sandbox: request.state.sandbox.id,
    gone: () => request.req.socket.destroyed,
  }
}

function isSignedWith(secret: Uint8Array, text: string, signature: Buffer): boolean {
  const right = createHmac('sha256', secret).update(text).digest()
  return signature.length === right.length && timingSafeEqual(signature, right)
}

/** `aud` is a text or a list of texts: https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3 */
function isFor(aud: unknown, audience: string): boolean {
  const all: unknown[] = Array.isArray(aud) ? aud : [aud]
  return all.every((each) => typeof each === 'string') && all.includes(audience)
}
