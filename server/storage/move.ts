import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { StorageUnavailable } from './errors.ts'
import type { NumberedEvent } from './event-log.ts'
import type { Snapshot, Storage } from './storage.ts'

/** The result of a move. `faults` are lines for the operator; when there are none, both storages hold the same. */
export interface MoveResult {
  sandboxes: { read: number; written: number; same: number }
  streams: { read: number; written: number; same: number }
  /** Over every sandbox and event that was read, and over the same in the destination afterwards. */
  checksums: { from: string; to: string }
  faults: string[]
}

/**
 * Copies everything from one storage to another and reads it back. What the destination already holds is skipped; what is
 * newer there is left unchanged and reported. So it can be run again, after a failure or for later changes.
 */
export async function move(from: Storage, to: Storage): Promise<MoveResult> {
  const result: MoveResult = {
    sandboxes: { read: 0, written: 0, same: 0 },
    streams: { read: 0, written: 0, same: 0 },
    checksums: { from: '', to: '' },
    faults: [],
  }
  const sums = { from: createHash('sha256'), to: createHash('sha256') }
  const each = async (name: string, work: () => Promise<void>) => {
    await work().catch((error: unknown) => {
      if (!(error instanceof StorageUnavailable)) throw error
      result.faults.push(`${name}: ${error.message}`)
    })
  }

  for (const id of (await from.sandboxIds()).sort()) {
    await each(id, async () => {
      const snapshot = await (await from.sandbox(id))?.read()
      if (snapshot === undefined) return
      result.sandboxes.read += 1
      const there = await (await to.sandbox(id))?.read()
      if (there && textOf(there) === textOf(snapshot)) result.sandboxes.same += 1
      else if (there && there.revision > snapshot.revision) {
        result.faults.push(
          `${id}: it has been changed at the destination since (revision ${there.revision}), so it was left unchanged`,
        )
      } else {
        await to.restore({ id, snapshot })
        result.sandboxes.written += 1
      }
      const after = await (await to.sandbox(id))?.read()
      sums.from.update(`${id}\n${textOf(snapshot)}\n`)
      sums.to.update(`${id}\n${after ? textOf(after) : ''}\n`)
    })
  }

  for (const { stream } of (await from.events.heads('')).sort((a, b) => a.stream.localeCompare(b.stream))) {
    await each(stream, async () => {
      const events = await from.events.read(stream, 0)
      result.streams.read += 1
      const there = await alsoErased(events, stream, to)
      const common = Math.min(events.length, there.length)
      if (!isDeepStrictEqual(there.slice(0, common), events.slice(0, common))) {
        result.faults.push(`${stream}: the destination holds a different history, so it was left unchanged`)
      } else if (events.length > common) {
        await to.events.restore(stream, events.slice(common))
        result.streams.written += 1
      } else result.streams.same += 1
      const after = (await to.events.read(stream, 0)).slice(0, events.length)
      sums.from.update(`${stream}\n${JSON.stringify(events)}\n`)
      sums.to.update(`${stream}\n${JSON.stringify(after)}\n`)
    })
  }
  result.checksums = { from: sums.from.digest('hex'), to: sums.to.digest('hex') }
  return result
}

/** The destination's events, after what was erased at the source since an earlier move is erased there as well. */
async function alsoErased(
  events: readonly NumberedEvent[],
  stream: string,
  to: Storage,
): Promise<NumberedEvent[]> {
  const there = await to.events.read(stream, 0)
  const isErased = ({ at, data }: NumberedEvent, index: number): boolean =>
    data !== null && events[index]?.data === null && events[index].at === at
  const erased = there.filter(isErased).map(({ number }) => number)
  if (erased.length === 0) return there
  await to.events.erase(stream, erased)
  return to.events.read(stream, 0)
}

function textOf({ nextId, revision, users }: Snapshot): string {
  return JSON.stringify({ nextId, revision, users })
}
