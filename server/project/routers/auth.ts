/** The login: a form comes in, a token goes out. */
import { APIRouter } from '../../fastapi/api-router.ts'
import { HTTPException } from '../../fastapi/http-exception.ts'
import { OAuth2PasswordRequestForm } from '../../fastapi/oauth2.ts'
import { select } from '../../sqlalchemy/select.ts'
import { createAccessToken, DUMMY_HASH, limitLogins, verifyPassword } from '../auth.ts'
import { getDb } from '../database.ts'
import { User } from '../models.ts'
import { Token } from '../schemas.ts'

// region auth.router
export const router = new APIRouter({ tags: ['auth'] })
// endregion

// region auth.login
router.post(
  '/login',
  {
    region: 'auth.login',
    form: OAuth2PasswordRequestForm,
    depends: { db: getDb },
    response: Token,
    responses: [
      [401, { description: 'Incorrect email or password' }],
      [429, { description: 'Too many wrong passwords' }],
    ],
  },
  ({ form, db, request }) =>
    // OAuth2 calls the field `username`; here it holds the email.
    limitLogins(request, form.username, async () => {
      const user = await db.scalar(select(User).where(User.email, form.username))
      const hashedPassword = user ? user.hashed_password : DUMMY_HASH
      if (!(await verifyPassword(request, form.password, hashedPassword)) || user === null) {
        throw new HTTPException(401, 'Incorrect email or password', { 'WWW-Authenticate': 'Bearer' })
      }
      return { access_token: await createAccessToken(request, user), token_type: 'bearer' }
    }),
)
// endregion
