/** The bytes can't be read at all (no UTF-8, nested too deep): FastAPI answers 400, not 422. */
export class UnreadableBodyError extends Error {
  override name = 'UnreadableBodyError'
}
