import { EmailSyntaxError } from '../../server/fastapi/validation/email/characters.ts'
import { validateEmail } from '../../server/fastapi/validation/email/validate-email.ts'
import type { Json } from '../replay/recording.ts'
import { askPython } from './ask-python.ts'
import { chanceOf } from './chance.ts'
import { inventEmail } from './invent-email.ts'

/**
 * Lets Pydantic and the twin judge invented email addresses.
 * @returns one line for each address that they don't treat alike, to the letter
 */
export async function differEmails(
  python: string,
  project: string,
  seed: number,
  count: number,
): Promise<string[]> {
  const chance = chanceOf(seed)
  const emails = Array.from({ length: count }, () => inventEmail(chance))
  const expected = await askPython(python, 'judge_emails.py', project, emails)
  return emails.flatMap((email, index) => {
    const [wanted, found] = [JSON.stringify(expected[index]), JSON.stringify(judged(email))]
    return wanted === found
      ? []
      : [`seed ${seed}: ${JSON.stringify(email)}: original ${wanted}, twin ${found}`]
  })
}

function judged(email: string): Json {
  try {
    return validateEmail(email)
  } catch (error) {
    if (error instanceof EmailSyntaxError) return [error.message]
    throw error
  }
}
