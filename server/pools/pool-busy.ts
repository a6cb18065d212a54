/** More work is waiting than is reasonable to wait for. Nothing was begun. */
export class PoolBusy extends Error {
  override name = 'PoolBusy'
  /** Seconds after which it is worth asking again. */
  readonly retryAfter: number

  constructor(message: string, retryAfter: number) {
    super(message)
    this.retryAfter = retryAfter
  }
}
