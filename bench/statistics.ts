/** The middle value; NaN without values. */
export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** The 25th, 50th and 75th percentiles. */
export interface Quartiles {
  low: number
  middle: number
  high: number
}

export function quartiles(values: readonly number[]): Quartiles {
  return { low: percentile(values, 25), middle: median(values), high: percentile(values, 75) }
}

/**
 * @param percent 0 to 100
 * @returns the percentile, interpolated linearly between two neighbours; NaN without values
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = Float64Array.from(values).sort()
  const place = ((sorted.length - 1) * percent) / 100
  const below = sorted[Math.floor(place)] ?? NaN
  const above = sorted[Math.ceil(place)] ?? NaN
  return below + (above - below) * (place - Math.floor(place))
}
