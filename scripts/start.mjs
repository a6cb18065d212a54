import { runBuilt } from './run-built.mjs'

/** `npm start`: builds what isn't built, then runs it. */
await runBuilt('index.js', 'Viva')
