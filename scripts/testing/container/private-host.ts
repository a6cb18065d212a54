import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect } from 'vitest'

const run = promisify(execFile)

/**
 * Containers can't run where both versions of cgroups are mounted, and keep what they share in /run. The loop is process 1 there: it waits
 * for whatever loses its parent.
 */
const INIT = `
umount /sys/fs/cgroup/unified 2>/dev/null
mount -t tmpfs tmpfs /run
ip link set lo up
echo ready
while sleep 0.2; do :; done`

const FETCH = `
const [url, init] = process.argv.slice(1)
const response = await fetch(url, { redirect: 'manual', ...JSON.parse(init) })
console.log(JSON.stringify([response.status, Object.fromEntries(response.headers), await response.text()]))`

export interface PrivateHost {
  run: (folder: string, program: string, ...args: string[]) => Promise<{ stdout: string; stderr: string }>
  /** Requests an address as seen from there. @throws when nothing listens */
  fetch: (
    url: string,
    init?: { method?: string; headers?: Record<string, string>; body?: string },
  ) => Promise<{ status: number; headers: Record<string, string>; body: string }>
  /** Ends every process in it; its network is gone then, too. */
  stop: () => Promise<void>
}

/**
 * This machine once more, with a network, mounts and processes of its own: containers in it don't meet others, take no port of the machine,
 * and leave nothing behind. Takes root.
 */
export async function startPrivateHost(env: NodeJS.ProcessEnv): Promise<PrivateHost> {
  const options = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc']
  const outer = spawn('unshare', [...options, '/bin/sh', '-c', INIT], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const closed = once(outer, 'close')
  await once(outer.stdout, 'data')
  const init = (await readFile(`/proc/${outer.pid}/task/${outer.pid}/children`, 'utf8')).trim()
  expect(init).toMatch(/^\d+$/)
  const enter = (folder: string, ...command: string[]) =>
    run('nsenter', ['--target', init, '--mount', '--net', '--pid', `--wd=${folder}`, '--', ...command], {
      env,
    })
  return {
    run: (folder, program, ...args) => enter(folder, program, ...args),
    fetch: async (url, request = {}) => {
      const args = ['--input-type=module', '--eval', FETCH, url, JSON.stringify(request)]
      const { stdout } = await enter('/', process.execPath, ...args)
      const [status, headers, body] = JSON.parse(stdout) as [number, Record<string, string>, string]
      return { status, headers, body }
    },
    stop: async () => {
      process.kill(Number(init), 'SIGKILL')
      await closed
    },
  }
}
