import { runnerImport } from 'vite'

/** `npm run practice`: see practice/practice.ts. */
const { module } = await runnerImport('./scripts/practice/practice.ts')
try {
  process.exitCode = await module.practice(process.argv.slice(2))
} catch (error) {
  if (error.name !== 'ContentError') throw error
  console.error(error.message)
  process.exitCode = 1
}
