import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../support/app.ts'

/**
 * Follows every thread of the app.
 * @param calls which system calls, such as `fsync,fdatasync`
 * @param instead what shall become of them, such as `error=EIO` or `retval=0`; without it they are only watched
 * @returns lets go of it; undefined where following isn't possible
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
  // It says nothing when it has attached; the kernel does.
  while (!left && !(await isTraced(app))) await sleep(10)
  if (left) return undefined
  return async () => {
    child.kill('SIGINT')
    await ended
  }
}

/** Whether every thread of the app is followed. */
async function isTraced({ process: { pid } }: App): Promise<boolean> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [])
  const statuses = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/status`, 'utf8').catch(() => '')),
  )
  return statuses.length > 0 && statuses.every((status) => !/^TracerPid:\s+0$/m.test(status))
}
