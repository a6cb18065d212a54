import { runBuilt } from './run-built.mjs'

/** `npm run interviews`: lists the interviews that are stored, and deletes one, or one candidate's room. */
await runBuilt('interviews.js', 'The list of interviews')
