import { runBuilt } from './run-built.mjs'

/** `npm run move`: everything from a data folder to a database, or back. */
await runBuilt('move.js', 'Moving')
