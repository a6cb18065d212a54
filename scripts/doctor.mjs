import { runBuilt } from './run-built.mjs'

/** `npm run doctor`: what is wrong with the files of sandboxes, and putting backups back. */
await runBuilt('doctor.js', 'The doctor')
