import { prepareOriginal } from './prepare-original.mjs'
import { runBuilt } from './run-built.mjs'

const CHECK_INTERVAL_MS = 500

/** `npm start`: builds Viva if necessary, then runs it. */
if (process.env.npm_lifecycle_event === 'start') endWithParent()
await runBuilt('index.js', 'Viva')
if (process.env.npm_lifecycle_event === 'start') prepareOriginal()

/**
 * Ends Viva as SIGTERM does when the shell of `npm start` is gone. npm passes a signal on to that shell, which doesn't pass it on: without
 * this, a server that no one knows of would keep the port and the data folder.
 */
function endWithParent() {
  const { ppid } = process
  setInterval(() => {
    if (process.ppid !== ppid) process.kill(process.pid, 'SIGTERM')
  }, CHECK_INTERVAL_MS).unref()
}
