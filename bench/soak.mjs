import { runnerImport } from 'vite'
import { ensureBuilt } from '../scripts/ensure-built.mjs'

/** `npm run bench:soak`: see README.md beside this file. */
await ensureBuilt()
const { module } = await runnerImport('./bench/soak.ts')
process.exitCode = await module.soak(process.argv.slice(2))
