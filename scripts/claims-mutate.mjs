import { runnerImport } from 'vite'

/** `npm run claims:mutate`: see claims-mutate/claims-mutate.ts. */
const { module } = await runnerImport('./scripts/claims-mutate/claims-mutate.ts')
process.exitCode = await module.claimsMutate(process.argv.slice(2))
