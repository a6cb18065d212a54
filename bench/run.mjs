import { runnerImport } from 'vite'

/** `npm run bench`: see README.md beside this file. */
const { module } = await runnerImport('./bench/bench.ts')
await module.bench(process.argv.slice(2)).catch((error) => {
  console.error(error.name === 'BenchFault' ? error.message : error.stack)
  process.exitCode = 1
})
