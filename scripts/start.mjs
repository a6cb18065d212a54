import { runBuilt } from './run-built.mjs'

/** `npm start`: builds Viva if necessary, then runs it. */
await runBuilt('index.js', 'Viva')
