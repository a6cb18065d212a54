import { runnerImport } from 'vite'

/** `npm run bugs`: see bugs/bugs.ts. */
const { module } = await runnerImport('./scripts/bugs/bugs.ts')
try {
  process.exitCode = await module.bugs(process.argv.slice(2))
} catch (error) {
  if (error.name !== 'ContentError' && error.name !== 'NoWheels') throw error
  console.error(error.message)
  process.exitCode = 1
}
