/** Random choices from a seed, so that a run can be repeated. */
export interface Chance {
  /** From 0 to `below` - 1. */
  int(below: number): number
  pick<T>(choices: readonly T[]): T
  /** True once in `n` times. */
  oneIn(n: number): boolean
}

/** Mulberry32, a small 32-bit generator. */
export function chanceOf(seed: number): Chance {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (below: number) => Math.floor(next() * below)
  return { int, pick: (choices) => choices[int(choices.length)]!, oneIn: (n) => int(n) === 0 }
}

/** A random seed; print it, so that the run can be repeated. */
export function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 31)
}
