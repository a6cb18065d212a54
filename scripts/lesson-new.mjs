import { resolve } from 'node:path'
import { runnerImport } from 'vite'

/** `npm run lesson:new 04-caching`: see lesson-new/lesson-new.ts. */
const root = resolve(import.meta.dirname, '..')
const { module } = await runnerImport(resolve(root, 'scripts/lesson-new/lesson-new.ts'))
process.exitCode = await module.lessonNew(process.argv.slice(2))
