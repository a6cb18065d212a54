import type { Request } from '../../server/fastapi/request.ts'
import { EmailSyntaxError } from '../../server/fastapi/validation/email/characters.ts'
import { validateEmail } from '../../server/fastapi/validation/email/validate-email.ts'
import { FormError } from '../../server/fastapi/validation/multipart/parse-multipart.ts'
import { readMultipart } from '../../server/fastapi/validation/multipart/read-multipart.ts'
import { decodeToken } from '../../server/project/auth.ts'
import { RECORDING_SECRET, type Json } from '../replay/recording.ts'
import { askPython } from './ask-python.ts'
import { chanceOf, type Chance } from './chance.ts'
import { inventEmail } from './invent-email.ts'
import { inventParts } from './invent-parts.ts'
import { inventToken } from './invent-token.ts'

/** Something that both a Python script and a function of the twin do with an invented input. */
export interface Comparison<T extends Json = Json> {
  /** A file of this folder, for `askPython`. */
  script: string
  invent: (chance: Chance) => T
  twin: (input: T) => Json | Promise<Json>
}

/** Pydantic's normalized email address, or its exact message. */
export const EMAILS: Comparison<string> = {
  script: 'judge_emails.py',
  invent: inventEmail,
  twin: (email) =>
    valueOr(
      EmailSyntaxError,
      (message) => [message],
      () => validateEmail(email),
    ),
}

/** The fields that Starlette finds in a multipart body, or its message. */
export const FORMS: Comparison<[contentType: string, body: string]> = {
  script: 'parse_forms.py',
  invent: inventParts,
  twin: (form) =>
    valueOr(
      FormError,
      (message) => message,
      () => fieldsOf(...form),
    ),
}

/** The user id that the original's `decode_token`, with its PyJWT, finds in a token, or null if it refuses the token. */
export const TOKENS: Comparison<string> = {
  script: 'decode_tokens.py',
  invent: inventToken,
  twin: (token) => {
    const state = { secret: new TextEncoder().encode(RECORDING_SECRET), sandbox: { id: 'default' } }
    return decodeToken({ state } as unknown as Request, token).then(
      ({ id }) => id,
      () => null,
    )
  },
}

/**
 * Gives Python and the twin the same invented inputs.
 * @param python one that has the original's packages
 * @param project the folder of main.py
 * @param seed the same seed invents the same inputs
 * @param count how many inputs
 * @returns one line for each input on which they differ
 */
export async function differencesIn<T extends Json>(
  { script, invent, twin }: Comparison<T>,
  python: string,
  project: string,
  seed: number,
  count: number,
): Promise<string[]> {
  const chance = chanceOf(seed)
  const inputs = Array.from({ length: count }, () => invent(chance))
  const expected = await askPython(python, script, project, inputs)
  const lines: string[] = []
  for (const [index, input] of inputs.entries()) {
    const [original, actual] = [JSON.stringify(expected[index]), JSON.stringify(await twin(input))]
    if (original !== actual)
      lines.push(`seed ${seed}, ${JSON.stringify(input)}: original ${original}, twin ${actual}`)
  }
  return lines
}

/** The value, or `ofMessage` of the message when an error of this class is thrown. */
function valueOr(
  refusal: new (...parts: never[]) => Error,
  ofMessage: (message: string) => Json,
  read: () => Json,
): Json {
  try {
    return read()
  } catch (error) {
    if (error instanceof refusal) return ofMessage(error.message)
    throw error
  }
}

function fieldsOf(contentType: string, body: string): Json {
  return readMultipart(contentType, Buffer.from(body, 'latin1')).map(([name, value]) => {
    if (!(value instanceof Map)) return [name, value as string]
    const headers = Object.fromEntries(value.get('headers') as Map<string, string>)
    return [name, [value.get('filename') as string, value.get('size') as number, headers]]
  })
}
