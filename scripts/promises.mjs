import { runnerImport } from 'vite'

/** `npm run faults`, `npm run attacks`, `npm run promises`: see promises/promises.ts. */
const { module } = await runnerImport('./scripts/promises/promises.ts')
process.exitCode = await module.promises(process.argv.slice(2))
