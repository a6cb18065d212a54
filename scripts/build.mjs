import { relative } from 'node:path'
import { ensureBuilt } from './ensure-built.mjs'

/** `npm run build`: makes the build that `npm start` runs, unless there is one of these very sources. */
try {
  const folder = await ensureBuilt({ waiting: console.error })
  console.log(relative(process.cwd(), folder))
} catch (error) {
  console.error(`Viva can't be built: ${error.message}`)
  process.exitCode = 1
}
