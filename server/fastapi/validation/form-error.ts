/** A form that can't be read: FastAPI answers 400 with the message. */
export class FormError extends Error {
  override name = 'FormError'
}
