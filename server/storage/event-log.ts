/** What JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** One thing that happened, at its place in its stream. It never changes. */
export interface NumberedEvent {
  /** 1, 2, 3 … without a gap. */
  readonly number: number
  /** When it was appended: ISO 8601, UTC. */
  readonly at: string
  readonly data: Json
}

/** A stream and when its newest event was appended, in milliseconds of the epoch. */
export interface StreamHead {
  stream: string
  at: number
}

/**
 * Streams of numbered events, appended and never changed. Whoever follows a stream remembers the number that it has come to
 * and reads on from there, so nothing is missed and nothing comes twice, whatever happens in between.
 * Every operation throws `StorageUnavailable` when the disk or the database doesn't answer.
 */
export interface EventLog {
  /**
   * Appends all of `data` or nothing, and settles when it is durable.
   * @param expected the number of the stream's newest event as the caller knows it; 0 for a new stream
   * @returns the number of the newest event now
   * @throws {StreamMoved} when the stream stands elsewhere: read on, and decide again
   * @throws {StorageFull | DamagedStream}
   */
  append(stream: string, expected: number, data: readonly Json[]): Promise<number>
  /** The events after this number, in their order. A stream that nobody wrote to has none. */
  read(stream: string, after: number): Promise<NumberedEvent[]>
  /**
   * Calls `listener` when there may be events that it hasn't seen: a hint, which may come late, twice, or for nothing. It is told
   * the number that the stream has come to, where that is known.
   * @returns what ends it
   */
  watch(stream: string, listener: (newest?: number) => void): () => void
  /** Ends a stream with all its events. */
  remove(stream: string): Promise<void>
  /** Every stream whose name begins so. */
  heads(prefix: string): Promise<StreamHead[]>
  /** Puts back events as they were elsewhere, after those that are there: for moving from one storage to another. */
  restore(stream: string, events: readonly NumberedEvent[]): Promise<void>
}

/** Names of streams: they become names of files. */
export const STREAM_NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,79}$/
