import { runBuilt } from './run-built.mjs'

/** `npm run doctor`: finds damaged files of sandboxes and event streams, and restores backups. */
await runBuilt('doctor.js', 'The doctor')
