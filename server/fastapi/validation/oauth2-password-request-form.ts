import { str } from './field-types.ts'

/**
 * The fields of FastAPI's `OAuth2PasswordRequestForm`, for `validateFields(…, 'body')`.
 * OAuth2 (RFC 6749, section 4.3.2) names them.
 */
export const OAuth2PasswordRequestForm = {
  grant_type: str({ pattern: /^password$/ })
    .nullable()
    .default(null),
  username: str(),
  password: str({ format: 'password' }),
  scope: str().default(''),
  client_id: str().nullable().default(null),
  client_secret: str({ format: 'password' }).nullable().default(null),
}
