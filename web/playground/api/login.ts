import type { Person } from '#contract/sandbox.ts'
import { expiryOf } from '../token/token.ts'
import { ApiFailure, ownHeaders, STAYED_BUSY, unreachable } from '../../api/call.ts'
import { isBusy, whileBusy } from '../../api/while-busy.ts'

/** Marks a login that the playground does by itself for *Send as*: no one tried it. */
const CALLER_LOGIN = 'X-Viva-Caller-Login'

/** An access token and its expiry in Unix seconds; 0 when it has none. */
export interface Login {
  token: string
  expires: number
}

/**
 * Logs a person in through the project's own form.
 * @throws ApiFailure when the login is refused: the user was deleted or has another password now
 */
export async function login(person: Pick<Person, 'name' | 'email' | 'password'>): Promise<Login> {
  const body = new URLSearchParams({ username: person.email, password: person.password })
  const headers = { ...ownHeaders, [CALLER_LOGIN]: '1' }
  const send = () => fetch('/login', { method: 'POST', headers, body })
  const response = await whileBusy(send, ({ headers }) => headers).catch(() => {
    throw new ApiFailure(unreachable(), null)
  })
  if (isBusy(response.headers)) throw new ApiFailure(STAYED_BUSY, response.status, true)
  const json: unknown = await response.json().catch(() => null)
  const token = json !== null && typeof json === 'object' && 'access_token' in json ? json.access_token : null
  if (response.ok && typeof token === 'string') return { token, expires: expiryOf(token) ?? 0 }
  throw new ApiFailure(refusal(person.name, response.status), response.status)
}

function refusal(name: string, status: number): string {
  if (status === 429) return `Too many logins for ${name} in a short time. Wait a minute and send again.`
  return `${name} can't log in (${status}): the user was deleted or has another password now. Reset the sandbox to restore everyone.`
}
