import { runnerImport } from 'vite'
import { findBrowser } from '../scripts/browser.mjs'
import { ensureBuilt } from '../scripts/ensure-built.mjs'

/** `npm run bench:study`: see README.md beside this file. */
await ensureBuilt()
const { module } = await runnerImport('./bench/study.ts')
await module.benchStudy(await findBrowser())
