import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../support/app.ts'

/**
 * Traces every thread of the app.
 * @param calls the system calls, such as `fsync,fdatasync`
 * @param instead a fault to inject, such as `error=EIO` or `retval=0`; without one they are only logged
 * @returns a function that detaches; undefined where tracing isn't possible
 */
export async function strace(
  app: App,
  calls: string,
  instead?: string,
): Promise<(() => Promise<void>) | undefined> {
  const inject = instead === undefined ? [] : [`--inject=${calls}:${instead}`]
  const options = ['-f', '-q', '-e', `trace=${calls}`, ...inject, '-o', '/dev/null']
  const child = spawn('strace', [...options, '-p', String(app.process.pid)], { stdio: 'ignore' })
  const ended = once(child, 'exit').catch(() => undefined)
  let left = false
  void ended.then(() => (left = true))
  // strace prints nothing when it has attached; the kernel shows it.
  while (!left && !(await isTraced(app))) await sleep(10)
  if (left) return undefined
  return async () => {
    child.kill('SIGINT')
    await ended
  }
}

/** Whether every thread of the app is being traced. */
async function isTraced({ process: { pid } }: App): Promise<boolean> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [])
  const statuses = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/status`, 'utf8').catch(() => '')),
  )
  return statuses.length > 0 && statuses.every((status) => !/^TracerPid:\s+0$/m.test(status))
}
