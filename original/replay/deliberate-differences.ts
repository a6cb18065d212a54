import type { DeliberateDifference } from './deliberate-difference.ts'
import type { Answer, Json, ScenarioRequest } from './recording.ts'
import { SERVER_DIFFERENCES } from './server-differences.ts'

/** Every known difference. `npm run record -- --explore 5000` searches for more. */
export const DELIBERATE_DIFFERENCES: readonly DeliberateDifference[] = [
  {
    request: 'JSON nested over 32 deep',
    original: '422, and 400 from about a thousand levels on',
    twin: '400 {"detail":"There was an error parsing the body"}',
    because:
      'Hostile JSON is refused before anything looks into it. No body here needs more than two levels.',
    twinAnswer: (request, original) =>
      depthOf(request.text ?? '') > 32 ? jsonAnswer(original, 400, UNREADABLE) : undefined,
  },
  {
    request: 'POST /login, then decoding the token',
    original: 'Five claims: sub, iat, exp, iss, aud',
    twin: 'The same five, then created_at: when the user was created',
    because:
      'After a reset ids are used again. With the id alone, an old token would give access to the account of the user who now has that id.',
    twinAnswer: (_request, original) => withCreatedAt(original),
  },
  {
    request: 'A token with a claim created_at that isn’t the user’s; one with JSON nested over 32 deep',
    original: '200: it ignores the claim and reads a thousand levels',
    twin: '401',
    because: 'The two reasons above. Only this server can sign such a token, and it makes none.',
  },
  {
    request: 'An email with characters that Unicode has had since version 15',
    original: '422 with Python 3.11, whose Unicode is 14; accepted by later ones',
    twin: 'accepted, if this version of Node knows them',
    because: 'It depends on the version of Python, so the twin can’t be like all of them.',
    example: { send: signUp('🫨@example.com'), original: 422, twin: 201 },
  },
  {
    request: 'An email whose domain has a joiner (U+200C, U+200D) in Punycode',
    original: '422, "unsafe characters"',
    twin: '422, "not valid IDNA"',
    because:
      'Finding out which joiners IDNA allows takes tables that nothing else needs; both refuse them all.',
  },
  {
    request: 'A multipart form with a charset other than UTF-8, UTF-16, UTF-32 and Latin-1, such as cp037',
    original: 'decoded by it, or 400',
    twin: 'decoded as Latin-1',
    because: 'Python knows a hundred charsets. Browsers send forms in UTF-8 and name none.',
  },
  ...SERVER_DIFFERENCES,
]

/** The request in bytes, one character each. */
function signUp(email: string): string {
  const body = JSON.stringify({ name: 'A', email, password: 'long-enough-word' })
  const head = [
    'POST /users/ HTTP/1.1',
    'Host: viva',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`).toString('latin1')
}

/** The response that the twin must give: the original's, apart from deliberate differences. */
export function twinAnswerTo(request: ScenarioRequest, original: Answer): Answer {
  for (const { twinAnswer } of DELIBERATE_DIFFERENCES) {
    const answer = twinAnswer?.(request, original)
    if (answer) return answer
  }
  return original
}

const UNREADABLE: Json = { detail: 'There was an error parsing the body' }

function jsonAnswer(original: Answer, status: number, json: Json): Answer {
  const length = String(Buffer.byteLength(JSON.stringify(json)))
  return { status, headers: { ...original.headers, 'content-length': length }, json }
}

function depthOf(text: string): number {
  let [depth, deepest] = [0, 0]
  for (const letter of text) {
    if (letter === '[' || letter === '{') deepest = Math.max(deepest, (depth += 1))
    if (letter === ']' || letter === '}') depth -= 1
  }
  return deepest
}

function withCreatedAt(original: Answer): Answer | undefined {
  const { json } = original
  if (!isObject(json) || !isObject(json.access_token) || !isObject(json.access_token.claims)) return undefined
  const claims = { ...json.access_token.claims, created_at: { $shape: 'time' } }
  return { ...original, json: { ...json, access_token: { ...json.access_token, claims } } }
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
