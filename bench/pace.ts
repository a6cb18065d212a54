/** How long everything is measured, in seconds except for `rounds` and `pairs`. */
export interface Pace {
  warmUp: number
  seconds: number
  /** The length of a window of work that hashes passwords. */
  hashing: number
  rounds: number
  /** With and without traces: the number of pairs of processes, and of rounds with each pair. */
  tracing: { pairs: number; rounds: number; warmUp: number; seconds: number }
}
