import { runnerImport } from 'vite'

/** A process of its own that tries one fault after another: what a fault ends or blocks is this process alone. */
const { module } = await runnerImport('./scripts/claims-mutate/try-fault.ts')
process.on('message', async (job) => process.send(await module.tryFault(job)))
process.send('ready')
