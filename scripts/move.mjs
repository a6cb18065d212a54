import { runBuilt } from './run-built.mjs'

/** `npm run move`: copies everything from a data folder to a database, or back. */
await runBuilt('move.js', 'The move')
