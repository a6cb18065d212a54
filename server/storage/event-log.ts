/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** One event at its place in its stream. It never changes, unless its content is erased. */
export interface NumberedEvent {
  /** 1, 2, 3 … without a gap. */
  readonly number: number
  /** When it was appended: ISO 8601, UTC. */
  readonly at: string
  /** Null once it was erased. */
  readonly data: Json
}

/** A stream, and when its newest event was appended, in milliseconds since 1970. */
export interface StreamHead {
  stream: string
  at: number
}

/**
 * Streams of numbered events, which are appended and never changed; only what has to be forgotten can be erased. A reader remembers the number of the last event it has
 * seen and continues from there, so it misses nothing and sees nothing twice, whatever happens in between.
 * Every operation throws `StorageUnavailable` when the disk or the database doesn't answer.
 */
export interface EventLog {
  /**
   * Appends all of `data` or nothing, and settles once it is durable.
   * @param expected the number of the stream's newest event as the caller knows it; 0 for a new stream
   * @returns the number of the stream's newest event afterwards
   * @throws {StreamMoved} when the stream has other events than expected: read them, and decide again
   * @throws {StorageFull | DamagedStream}
   */
  append(stream: string, expected: number, data: readonly Json[]): Promise<number>
  /** The events after this number, in order; none for a stream that doesn't exist. */
  read(stream: string, after: number): Promise<NumberedEvent[]>
  /**
   * Calls `listener` when there may be new events: a hint, which may come late, twice, or for no reason. It gets the number of
   * the newest event, if known.
   * @returns a function that stops watching
   */
  watch(stream: string, listener: (newest?: number) => void): () => void
  /**
   * Puts null in place of the content of these events, which keep their numbers and times, and settles once that is durable. Numbers
   * that the stream doesn't have are ignored.
   * @throws {StorageFull | DamagedStream} with the content unchanged
   */
  erase(stream: string, numbers: readonly number[]): Promise<void>
  /** Removes a stream with all its events. */
  remove(stream: string): Promise<void>
  /** All streams whose names start with `prefix`. */
  heads(prefix: string): Promise<StreamHead[]>
  /** Appends events with the numbers and times they had in another storage, after those that already exist. */
  restore(stream: string, events: readonly NumberedEvent[]): Promise<void>
}

/** Names of streams; they become file names. */
export const STREAM_NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,79}$/
