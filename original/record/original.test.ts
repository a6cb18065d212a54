import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { LEFT_OUT, leaveOut } from '../../scripts/leave-out.mjs'
import { peakOverlap } from '#contract/peak-overlap.ts'
import { CROWDS, statusesOf } from '../replay/crowds.ts'
import { meet, MEETINGS } from '../replay/meetings.ts'
import { DELIBERATE_DIFFERENCES } from '../replay/deliberate-differences.ts'
import { sendRaw, statusOf } from '../replay/raw-client.ts'
import { askAll, PROJECT, RECORDING, startProject } from './ask-all.ts'
import { randomSeed } from './chance.ts'
import { changesOf } from './check.ts'
import { differencesIn, EMAILS, FORMS, TOKENS } from './compare.ts'
import { explore } from './explore.ts'
import type { Original } from './original.ts'
import { NoPython } from './python.ts'
import { startTwin } from './twin.ts'

/** In the titles, so that a run can be repeated. */
const RANDOM = randomSeed()

const original = await startProject().catch(reportNoPython)

if (original) whenThereIsPython(original)
else {
  test('without Python, the report names what was left out', async () => {
    const reported = await readFile(join(LEFT_OUT, `${process.pid}.txt`), 'utf8')
    expect(reported).toMatch(/^The Python original .+$/m)
  })
}

function whenThereIsPython(original: Original): void {
  afterAll(() => original.stop())

  test('recorded again, the original responds as before', { timeout: 900_000 }, async () => {
    expect(await changesOf(await askAll(original), RECORDING)).toEqual([])
  })

  test(
    `the twin gives the same responses to invented requests (seeds 1 to 6, ${RANDOM} and the next)`,
    {
      timeout: 900_000,
    },
    async () => {
      const twin = await startTwin()
      const seeds = [1, 2, 3, 4, 5, 6, RANDOM, RANDOM + 1]
      expect(await explore(original, twin, seeds).finally(() => twin.stop())).toEqual([])
    },
  )

  const examples = DELIBERATE_DIFFERENCES.filter(({ example }) => example !== undefined)
  // Which characters Unicode has is the one thing here that depends on the version of Python.
  const comparable = original.versions.python.startsWith('3.11.')
    ? examples
    : examples.filter(({ request }) => !request.includes('Unicode has had'))
  test.each(comparable)('the original: $request', async ({ example }) => {
    await original.reset()
    expect(await statusOf(original.origin, example!.send)).toBe(example!.original)
  })

  describe.each([1, 2, RANDOM])('from seed %i', (seed) => {
    test(
      'invented tokens, signed with the right key, are accepted or refused alike',
      { timeout: 600_000 },
      async () => {
        expect(await differencesIn(TOKENS, original.python, PROJECT, seed, 2_000)).toEqual([])
      },
    )

    test('invented email addresses get exactly the same result', { timeout: 600_000 }, async () => {
      expect(await differencesIn(EMAILS, original.python, PROJECT, seed, 3_000)).toEqual([])
    })

    test('invented multipart bodies give the same fields', { timeout: 600_000 }, async () => {
      expect(await differencesIn(FORMS, original.python, PROJECT, seed, 3_000)).toEqual([])
    })
  })

  // Python's `time.monotonic` and Node's `hrtime` are one clock.
  const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6
  test.each(MEETINGS)('$title', async (meeting) => {
    expect((await meet(original.origin, meeting, monotonicMs)).wrong).toEqual([])
  })

  test.each(CROWDS)('$calls × $path: $statuses', async (crowd) => {
    await expect.poll(() => statusesOf(original.origin, crowd), { timeout: 60_000 }).toEqual(crowd.statuses)
  })

  test.each([
    ['one-at-a-time', 20, 'one after another', 1],
    ['async', 60, 'all at once', 60],
    ['threadpool', 60, 'forty at once', 40],
    ['blocking', 5, 'one after another', 1],
  ])('/lab/wait/%s called %i times: %s', async (way, calls, _, peak) => {
    const peakOf = async (ms: number) => {
      const path = `/lab/wait/${way}?ms=${ms}`
      const answers = await Promise.all(
        Array.from({ length: calls }, () => sendRaw(original.origin, { method: 'GET', path, headers: [] })),
      )
      return peakOverlap(answers.map(({ body }) => JSON.parse(body.toString())))
    }
    const first = await peakOf(500)
    expect(first).toBeLessThanOrEqual(peak)
    // On a busy machine the last call may begin when the first one is over: then all of them wait as long as they may.
    if (first < peak) expect(await peakOf(2_000)).toBe(peak)
  })
}

function reportNoPython(error: unknown): undefined {
  if (!(error instanceof NoPython)) throw error
  leaveOut(`The Python original was not started, so its answers were not recorded afresh: ${error.message}`)
}
