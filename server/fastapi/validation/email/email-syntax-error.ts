/** The address is refused; the message is email-validator's, the `reason` of Pydantic's error. */
export class EmailSyntaxError extends Error {
  override name = 'EmailSyntaxError'
}
