import { runnerImport } from 'vite'

/** `npm run faults`, `npm run attacks`, `npm run guarantees`: see guarantees/guarantees.ts. */
const { module } = await runnerImport('./scripts/guarantees/guarantees.ts')
process.exitCode = await module.guarantees(process.argv.slice(2))
