/**
 * A number that JSON wrote with a point or an exponent. Python tells `30.0` from `30`, JavaScript doesn't,
 * and both what is accepted and what is echoed depend on it.
 */
export class PyFloat {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** An object of JSON. A `Map` keeps the order of its keys, whatever they are called. */
export type JsonObject = Map<string, JsonValue>

/** What `parseJson` gives: an integer is a `number`, or a `bigint` where a number would lose digits. */
export type JsonValue = null | boolean | number | bigint | PyFloat | string | JsonValue[] | JsonObject

/** What a request may hand to validation: JSON, the bytes of a body that isn't JSON, or nothing at all. */
export type Input = JsonValue | Uint8Array | undefined
