import { allowOnly, checkDots, EmailSyntaxError, refuseUnsafe } from './characters.ts'

// RFC 5322, section 3.2.3, plus everything above ASCII, as RFC 6531 allows.
const DOT_ATOM =
  /^[\w!#$%&'*+\-/=?^`{|}~\u{80}-\u{10ffff}]+(?:\.[\w!#$%&'*+\-/=?^`{|}~\u{80}-\u{10ffff}]+)*$/u
const ATOM_CHARACTER = /[.\w!#$%&'*+\-/=?^`{|}~\u{80}-\u{10ffff}]/u
const QUOTED_CHARACTER = /[\u{20}-\u{7e}\u{80}-\u{10ffff}]/u

/**
 * Validates the part before the @-sign.
 * @param local without its quotes
 * @throws {EmailSyntaxError}
 */
export function checkLocalPart(local: string, isQuoted: boolean): void {
  if (local === '') throw new EmailSyntaxError('There must be something before the @-sign.')
  if (DOT_ATOM.test(local)) return refuseUnsafe(local)
  if (isQuoted) {
    allowOnly(
      QUOTED_CHARACTER,
      local,
      'The email address contains invalid characters in quotes before the @-sign',
    )
    return refuseUnsafe(local, { allowSpace: true })
  }
  allowOnly(ATOM_CHARACTER, local, 'The email address contains invalid characters before the @-sign')
  checkDots(
    local,
    'An email address cannot start with a {}.',
    'An email address cannot have a {} immediately before the @-sign.',
    false,
  )
}
