/**
 * A number written with a decimal point or an exponent. Python distinguishes `30.0` from `30`, JavaScript doesn't,
 * and both validation and the response depend on it.
 */
export class PyFloat {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** A JSON object. Unlike an object, a `Map` keeps the order of keys that look like numbers. */
export type JsonObject = Map<string, JsonValue>

/** What `parseJson` returns: an integer is a `number`, or a `bigint` where a number would lose digits. */
export type JsonValue = null | boolean | number | bigint | PyFloat | string | JsonValue[] | JsonObject

/** What validation receives from a request: JSON, the bytes of a body that isn't JSON, or nothing. */
export type Input = JsonValue | Uint8Array | undefined
