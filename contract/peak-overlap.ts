/**
 * The largest number of spans that overlap at one moment. A span that ends when another starts doesn't overlap it.
 * @param spans times on one clock
 */
export function peakOverlap(spans: readonly { started: number; ended: number }[]): number {
  const edges = spans.flatMap(({ started, ended }) => [
    { time: started, change: 1 },
    { time: ended, change: -1 },
  ])
  edges.sort((a, b) => a.time - b.time || a.change - b.change)
  let running = 0
  let peak = 0
  for (const { change } of edges) {
    running += change
    peak = Math.max(peak, running)
  }
  return peak
}
