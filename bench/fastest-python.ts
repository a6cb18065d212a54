import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findPythons } from '../original/record/python.ts'
import { median } from './statistics.ts'

const run = promisify(execFile)
const ROUNDS = 5

/** Calls, dictionaries, strings and JSON for about a tenth of a second; prints the CPU time. */
const LOOP = `
import json, time
class Thing:
    def next(self, number):
        return number + 1
def work():
    began, thing, number, texts = time.process_time(), Thing(), 0, {}
    for count in range(300_000):
        number = thing.next(number)
        texts[count % 100] = f"text {count}"
    for _ in range(2_000):
        json.loads(json.dumps({"items": [1, 2, 3], "of": {"name": "text" * 10}}))
    return time.process_time() - began
print(min(work() for _ in range(3)))
`

/**
 * The command of the fastest Python on this machine, measured in turns: a build without profile-guided optimization, the default of
 * version managers, is slower than that of distributions and official images.
 * @returns undefined when there is none
 */
export async function fastestPython(): Promise<string | undefined> {
  const found = (await findPythons()).map(({ command }) => ({ command, seconds: [] as number[] }))
  for (let round = 0; found.length > 1 && round < ROUNDS; round += 1) {
    for (const { command, seconds } of found) {
      seconds.push(Number((await run(command, ['-c', LOOP])).stdout))
    }
  }
  return found.sort((one, other) => median(one.seconds) - median(other.seconds))[0]?.command
}
