/** A request that a form of export has no faithful way to write. The message says why, for the person who asked for it. */
export class CannotWrite extends Error {
  override readonly name = 'CannotWrite'
}
