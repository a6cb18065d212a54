import { runnerImport } from 'vite'

/** `npm run content:check [folder]`: see content-check/content-check.ts. */
const { module } = await runnerImport('./scripts/content-check/content-check.ts')
process.exitCode = await module.contentCheck(process.argv.slice(2))
