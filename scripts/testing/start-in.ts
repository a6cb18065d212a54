import { spawn, type SpawnOptions } from 'node:child_process'
import { onTestFinished } from 'vitest'

/**
 * Runs the script of `npm start` in a folder, on a free port, until the test ends.
 * @param env all that it gets beside `PORT` and `LOG_LEVEL`
 * @returns its address
 * @throws with what it wrote to stderr when it ends before it listens
 */
export function startIn(
  folder: string,
  env: NodeJS.ProcessEnv,
  options: Pick<SpawnOptions, 'uid' | 'gid'> = {},
): Promise<string> {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: folder,
    env: { PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return new Promise((done, fail) => {
    let [output, errors] = ['', '']
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const port = /Viva is at http:\/\/\S+:(\d+)\n/.exec(output)?.[1]
      if (port !== undefined) done(`http://127.0.0.1:${port}`)
    })
    child.on('close', (code) => fail(new Error(`ended with ${code}: ${errors}`)))
  })
}
