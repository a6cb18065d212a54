import { runnerImport } from 'vite'
import { ensureBuilt } from '../scripts/ensure-built.mjs'

/** `npm run bench:storage`: see README.md beside this file. */
await ensureBuilt()
const { module } = await runnerImport('./bench/storage.ts')
await module.benchStorage(process.argv.includes('--save'))
