import { expect, test } from 'vitest'
import answers from '../../../../original/validators/emails.generated.json' with { type: 'json' }
import { EmailSyntaxError } from './characters.ts'
import { validateEmail } from './validate-email.ts'

test.each(answers)('$text is accepted, or refused, as EmailStr does', ({ text, answer }) => {
  expect(outcome(text)).toEqual(answer)
})

function outcome(text: string): unknown {
  try {
    return { email: validateEmail(text) }
  } catch (error) {
    if (!(error instanceof EmailSyntaxError)) throw error
    return { reason: error.message }
  }
}
