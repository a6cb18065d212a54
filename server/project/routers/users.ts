/** People: anyone may sign up and look, only the owner may change. */
import { z } from 'zod'
import { APIRouter } from '../../fastapi/api-router.ts'
import { HTTPException } from '../../fastapi/http-exception.ts'
import type { Responses } from '../../fastapi/operation.ts'
import { int } from '../../fastapi/validation/field-types.ts'
import { IntegrityError } from '../../sqlalchemy/exc.ts'
import { select } from '../../sqlalchemy/select.ts'
import { getCurrentUser, hashPassword, refuseGuessable } from '../auth.ts'
import { getDb } from '../database.ts'
import { User } from '../models.ts'
import { UserCreate, UserOut, UserPatch, UserUpdate } from '../schemas.ts'

/** The largest INTEGER of most databases. */
const MAX_INTEGER = 2_147_483_647

const UserId = int({ ge: 1, le: MAX_INTEGER })

// What the documentation says of each refusal; a 422 it names by itself.
const REFUSED: Responses = [
  [400, { description: 'Email already registered, or a password that is easily guessed' }],
]
const NOT_SIGNED_IN: Responses = [[401, { description: 'Not authenticated' }]]
const NOT_FOUND: Responses = [[404, { description: 'User not found' }]]
const OWNER_ONLY: Responses = [
  ...NOT_SIGNED_IN,
  [403, { description: 'Not allowed to change another user' }],
  ...NOT_FOUND,
]

// region users.router
export const router = new APIRouter({ prefix: '/users', tags: ['users'] })
// endregion

// region users.create_user
router.post(
  '/',
  {
    region: 'users.create_user',
    body: UserCreate,
    depends: { db: getDb },
    response: UserOut,
    status: 201,
    responses: REFUSED,
  },
  async ({ body: { password, ...user }, db, request }) => {
    refuseGuessable(password, user.name, user.email)
    const row = new User({ ...user, hashed_password: await hashPassword(request, password) })
    // region users.create_user.insert
    db.add(row)
    try {
      await db.commit()
    } catch (error) {
      await db.rollback()
      if (!(error instanceof IntegrityError)) throw error
      throw new HTTPException(400, 'Email already registered')
    }
    // endregion
    return row
  },
)
// endregion

// region users.list_users
router.get(
  '/',
  {
    region: 'users.list_users',
    query: {
      skip: int({ ge: 0, le: MAX_INTEGER }).default(0),
      limit: int({ ge: 1, le: 100 }).default(10),
    },
    depends: { db: getDb },
    response: z.array(UserOut),
  },
  ({ skip, limit, db }) => db.scalars(select(User).orderBy(User.id).offset(skip).limit(limit)),
)
// endregion

// region users.read_me
// Stands above /{user_id}: the first path that matches wins, and "me" is not an integer.
router.get(
  '/me',
  {
    region: 'users.read_me',
    depends: { currentUser: getCurrentUser },
    response: UserOut,
    responses: NOT_SIGNED_IN,
  },
  ({ currentUser }) => currentUser,
)
// endregion

// region users.get_user
router.get(
  '/{user_id}',
  {
    region: 'users.get_user',
    path: { user_id: UserId },
    depends: { db: getDb },
    response: UserOut,
    responses: NOT_FOUND,
  },
  async ({ user_id, db }) => {
    const user = await db.get(User, user_id)
    if (user === null) throw new HTTPException(404, 'User not found')
    return user
  },
)
// endregion

// region users.replace_user
router.put(
  '/{user_id}',
  {
    region: 'users.replace_user',
    path: { user_id: UserId },
    body: UserUpdate,
    depends: { currentUser: getCurrentUser, db: getDb },
    response: UserOut,
    responses: [...OWNER_ONLY, ...REFUSED],
  },
  async ({ user_id, body: { password, ...update }, currentUser, db, request }) => {
    const user = await db.get(User, user_id)
    if (user === null) throw new HTTPException(404, 'User not found')
    if (user.id !== currentUser.id) throw new HTTPException(403, 'Not allowed to change another user')

    Object.assign(user, update)
    if (password !== null) {
      refuseGuessable(password, user.name, user.email)
      user.hashed_password = await hashPassword(request, password)
    }
    try {
      await db.commit()
    } catch (error) {
      await db.rollback()
      if (!(error instanceof IntegrityError)) throw error
      throw new HTTPException(400, 'Email already registered')
    }
    return user
  },
)
// endregion

// region users.patch_user
router.patch(
  '/{user_id}',
  {
    region: 'users.patch_user',
    path: { user_id: UserId },
    body: UserPatch,
    depends: { currentUser: getCurrentUser, db: getDb },
    response: UserOut,
    responses: [...OWNER_ONLY, ...REFUSED],
  },
  async ({ user_id, body: { password, ...changes }, currentUser, db, request }) => {
    const user = await db.get(User, user_id)
    if (user === null) throw new HTTPException(404, 'User not found')
    if (user.id !== currentUser.id) throw new HTTPException(403, 'Not allowed to change another user')

    Object.assign(user, changes)
    if (password !== undefined) {
      refuseGuessable(password, user.name, user.email)
      user.hashed_password = await hashPassword(request, password)
    }
    try {
      await db.commit()
    } catch (error) {
      await db.rollback()
      if (!(error instanceof IntegrityError)) throw error
      throw new HTTPException(400, 'Email already registered')
    }
    return user
  },
)
// endregion

// region users.delete_user
router.delete(
  '/{user_id}',
  {
    region: 'users.delete_user',
    path: { user_id: UserId },
    depends: { currentUser: getCurrentUser, db: getDb },
    status: 204,
    responses: OWNER_ONLY,
  },
  async ({ user_id, currentUser, db }) => {
    const user = await db.get(User, user_id)
    if (user === null) throw new HTTPException(404, 'User not found')
    if (user.id !== currentUser.id) throw new HTTPException(403, 'Not allowed to change another user')
    db.delete(user)
    await db.commit()
  },
)
// endregion
