import { dependency, type Dependency } from './dependency.ts'
import { HTTPException } from './http-exception.ts'
import { strip } from './validation/trim.ts'

export { OAuth2PasswordRequestForm } from './validation/oauth2-password-request-form.ts'

/**
 * Takes the token out of `Authorization: Bearer <token>`; it doesn't look into the token.
 * Any other scheme, or no header, is answered with 401 "Not authenticated".
 * @param tokenUrl where one signs in, relative to the document
 */
export function OAuth2PasswordBearer(options: { region: string; tokenUrl: string }): Dependency<string> {
  const security = { name: 'OAuth2PasswordBearer', tokenUrl: options.tokenUrl }
  return dependency({ region: options.region, async: true, security }, ({ request }) => {
    const [scheme, token] = schemeAndParameter(request.get('Authorization'))
    if (scheme.toLowerCase() === 'bearer') return token
    throw new HTTPException(401, 'Not authenticated', { 'WWW-Authenticate': 'Bearer' })
  })
}

/** FastAPI's `get_authorization_scheme_param`: everything after the first space, trimmed, is the parameter. */
function schemeAndParameter(header: string): [scheme: string, parameter: string] {
  const space = header.indexOf(' ')
  return space < 0 ? [header, ''] : [header.slice(0, space), strip(header.slice(space + 1))]
}
