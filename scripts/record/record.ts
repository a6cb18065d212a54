import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { askAll, RECORDING, startProject, type Recorded } from './ask-all.ts'
import { changesOf } from './check.ts'
import { NoPython } from './python.ts'

/** What the process ends with. */
const EXIT = { fine: 0, changed: 1, noPython: 3 }

/**
 * Writes the original's answers to `content/recording/`.
 * @param options `check`: writes nothing and tells what would change
 * @returns the exit code: 0 written, or as it was; 1 something changed; 3 no Python to ask
 */
export async function record({ check }: { check: boolean }): Promise<number> {
  try {
    const original = await startProject()
    const recorded = await askAll(original).finally(() => original.stop())
    const count = [...recorded.scenarios.values()].reduce((sum, { requests }) => sum + requests.length, 0)
    console.log(`${count} requests in ${recorded.scenarios.size} scenarios`)
    if (!check) {
      await write(recorded)
      return EXIT.fine
    }
    const changes = await changesOf(recorded, RECORDING)
    for (const change of changes) console.error(change)
    return changes.length > 0 ? EXIT.changed : EXIT.fine
  } catch (error) {
    if (!(error instanceof NoPython)) throw error
    console.error(error.message)
    return EXIT.noPython
  }
}

async function write({ scenarios, versions }: Recorded): Promise<void> {
  const options = await resolveConfig(join(RECORDING, 'versions.json'))
  for (const [name, value] of [...scenarios, ['versions', versions] as const]) {
    const text = await format(JSON.stringify(value, null, 2), { ...options, parser: 'json' })
    await writeFile(join(RECORDING, `${name}.json`), text)
  }
}
