import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

/** `npm run original`: builds the original for the tab; with `--lock`, finds the wheels again that it is made of. */
const { values } = parseArgs({ options: { lock: { type: 'boolean' }, background: { type: 'boolean' } } })
const { module } = await runnerImport('./original/tab/bundle/publish.ts')
process.exitCode = values.lock ? await module.writeLock() : await module.publish(values)
process.exit()
