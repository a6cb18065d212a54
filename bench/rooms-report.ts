import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { z } from 'zod'

const RESULTS = join(import.meta.dirname, 'results')

/** How long one kind of event took, in milliseconds. */
const Times = z.object({
  event: z.string(),
  count: z.number(),
  p50: z.number(),
  p99: z.number(),
  slowest: z.number(),
})
export type Times = z.infer<typeof Times>

const RoomsRun = z.object({
  date: z.string(),
  machine: z.string(),
  /** `JSON files`, or PostgreSQL with its version and durability settings. */
  storage: z.string(),
  rooms: z.number(),
  seconds: z.number(),
  times: z.array(Times),
  /** Other results, one sentence each. */
  notes: z.array(z.string()),
})
export type RoomsRun = z.infer<typeof RoomsRun>

/** One run on files and one on PostgreSQL, the newest of each. */
const Saved = z.partialRecord(z.enum(['files', 'postgres']), RoomsRun)

/** Writes `results/rooms.json` and, from it, `results/rooms.md`; the run on the other storage is kept. */
export async function saveRooms(kind: 'files' | 'postgres', run: RoomsRun): Promise<void> {
  const file = join(RESULTS, 'rooms.json')
  const before = Saved.parse(JSON.parse(await readFile(file, 'utf8').catch(() => '{}')))
  const saved = { ...before, [kind]: run }
  const page = [saved.files, saved.postgres].flatMap((one) => (one === undefined ? [] : [roomsText(one)]))
  const head = '# Interview rooms, both sides connected: `npm run bench:rooms -- --save`'
  await write(file, JSON.stringify(saved))
  await write(join(RESULTS, 'rooms.md'), [head, ...page, ''].join('\n\n'))
}

/** The run as Markdown. */
export function roomsText({ date, machine, storage, rooms, seconds, times, notes }: RoomsRun): string {
  const rows = times.map(({ event, count, p50, p99, slowest }) => {
    const milliseconds = [p50, p99, slowest].map((time) => `${time.toFixed(1)} ms`)
    return `| ${[event, String(count), ...milliseconds].join(' | ')} |`
  })
  return [
    `**${storage}**, ${date}, ${machine}; server, load and database share the cores. ${rooms} rooms, ${rooms * 2} event streams, ${rooms} commands a second, ${seconds} seconds.`,
    ['| Event | Count | p50 | p99 | Slowest |', '|---|---:|---:|---:|---:|', ...rows].join('\n'),
    notes.join(' '),
  ].join('\n\n')
}

async function write(filepath: string, text: string): Promise<void> {
  await writeFile(filepath, await format(text, { ...(await resolveConfig(filepath)), filepath }))
}
