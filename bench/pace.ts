/** How long everything is measured; all but the rounds in seconds. */
export interface Pace {
  warmUp: number
  seconds: number
  /** A window of work that hashes passwords. */
  hashing: number
  rounds: number
  /** With and without traces: so many pairs of processes, and so many rounds with each pair. */
  tracing: { pairs: number; rounds: number; warmUp: number; seconds: number }
}
