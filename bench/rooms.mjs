import { runnerImport } from 'vite'
import { ensureBuilt } from '../scripts/ensure-built.mjs'

/** `npm run bench:rooms`: see README.md beside this file. */
await ensureBuilt()
const index = process.argv.indexOf('--postgres')
const { module } = await runnerImport('./bench/rooms.ts')
await module.benchRooms(index < 0 ? undefined : process.argv[index + 1], process.argv.includes('--save'))
