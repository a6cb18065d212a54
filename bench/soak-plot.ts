/** The figures of one second; times in milliseconds, memory in bytes. */
export interface Second {
  requests: number
  p50: number
  p99: number
  rss: number
}

const WIDTH = 900
const LEFT = 64
const RIGHT = 28
const PANEL = 190
const GAP = 62

interface Line {
  name: string
  style: string
  values: number[]
}

/** Latency and memory over time, as an SVG for light and dark pages. */
export function soakPlot(history: readonly Second[]): string {
  const latency: Line[] = [
    { name: 'p99', style: 'second', values: history.map(({ p99 }) => p99) },
    { name: 'p50', style: 'first', values: history.map(({ p50 }) => p50) },
  ]
  const memory: Line[] = [{ name: 'memory', style: 'first', values: history.map(({ rss }) => rss / 1e6) }]
  const height = 2 * (PANEL + GAP) + 10
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Latency of reads and memory, over ${history.length} seconds">
<style>
text { font: 13px system-ui, sans-serif; fill: #444; }
.title { font-weight: 600; }
.axis { stroke: #bbb; stroke-width: 1; }
.line { fill: none; stroke-width: 1.6; }
.first { stroke: #0b6b57; } .second { stroke: #b4541a; }
text.first { fill: #0b6b57; stroke: none; } text.second { fill: #b4541a; stroke: none; }
@media (prefers-color-scheme: dark) {
  text { fill: #ccc; } .axis { stroke: #555; }
  .first { stroke: #4fc3a5; } .second { stroke: #f0a06a; }
  text.first { fill: #4fc3a5; } text.second { fill: #f0a06a; }
}
</style>
${panel('Reads, each second: milliseconds', latency, GAP / 2, history.length)}
${panel('Memory of the process (RSS): megabytes', memory, PANEL + GAP + GAP / 2, history.length)}
</svg>
`
}

function panel(title: string, lines: readonly Line[], top: number, seconds: number): string {
  const max = roundUp(Math.max(1, ...lines.flatMap(({ values }) => values)))
  const x = (second: number): number => LEFT + (second / Math.max(1, seconds - 1)) * (WIDTH - LEFT - RIGHT)
  const y = (value: number): number => top + PANEL - (value / max) * PANEL
  const marks = [0, max / 4, max / 2, (max * 3) / 4, max].map(
    (value) =>
      `<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}"/>` +
      `<text x="${LEFT - 8}" y="${y(value) + 4}" text-anchor="end">${Number(value.toFixed(1))}</text>`,
  )
  const times = [0, 1, 2, 3, 4, 5].map((part) => Math.round((part / 5) * (seconds - 1)))
  const ticks = times.map(
    (second) => `<text x="${x(second)}" y="${top + PANEL + 18}" text-anchor="middle">${second} s</text>`,
  )
  const paths = lines.map(({ style, values }) => {
    const points = values.map((value, second) => `${x(second).toFixed(1)},${y(value).toFixed(1)}`)
    return `<polyline class="line ${style}" points="${points.join(' ')}"/>`
  })
  const names =
    lines.length < 2
      ? []
      : lines.map(
          ({ name, style }, place) =>
            `<text class="${style}" x="${WIDTH - RIGHT - 40 * place}" y="${top - 8}" text-anchor="end">${name}</text>`,
        )
  return [
    `<text class="title" x="${LEFT}" y="${top - 8}">${title}</text>`,
    ...marks,
    ...ticks,
    ...paths,
    ...names,
  ].join('\n')
}

/** The next of 1, 2, 4, 5, 8, 10 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return power * ([1, 2, 4, 5, 8, 10].find((step) => step * power >= value) ?? 10)
}
