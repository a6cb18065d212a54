import { execFile, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Why commands can't be compared with the real ones here, or null when bash 4 and curl 7.88 or newer of each are there. */
export function missingTools(): string | null {
  const version = (tool: string): number[] => {
    try {
      const text = execFileSync(tool, ['--version'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      return (/(\d+)\.(\d+)/.exec(text)?.slice(1) ?? []).map(Number)
    } catch {
      return []
    }
  }
  const [bash = 0] = version('bash')
  const [curl = 0, minor = 0] = version('curl')
  if (bash < 4) return 'there is no bash 4 or newer'
  return curl > 7 || (curl === 7 && minor >= 88) ? null : 'there is no curl 7.88 or newer'
}

/** A folder with nothing in it, so that no pattern matches a file, and the settings with which tools run there. */
export function emptyFolder(): { cwd: string; env: NodeJS.ProcessEnv; remove: () => void } {
  const cwd = mkdtempSync(join(tmpdir(), 'viva-curl-'))
  const env = { PATH: process.env['PATH'], HOME: cwd, CURL_HOME: cwd, LC_ALL: 'C.UTF-8' }
  return { cwd, env, remove: () => rmSync(cwd, { recursive: true, force: true }) }
}

type Folder = ReturnType<typeof emptyFolder>

/**
 * Lets bash run a command. @returns false when it or curl ended with an error
 */
export async function runInBash(command: string, { cwd, env }: Folder): Promise<boolean> {
  return run('bash', ['-c', command], { cwd, env, timeout: 20_000 }).then(
    () => true,
    () => false,
  )
}

/** Lets curl run with these words. @returns false when it ended with an error */
export async function runCurl(words: readonly string[], { cwd, env }: Folder): Promise<boolean> {
  return run('curl', [...words], { cwd, env, timeout: 20_000 }).then(
    () => true,
    () => false,
  )
}

/**
 * The words that bash makes of each command, curl itself left out. Each is read by the same bash, in a shell of its own without
 * any other program.
 */
export async function wordsInBash(commands: readonly string[], { cwd, env }: Folder): Promise<string[][]> {
  const script = `PATH=; curl() { printf '%s\\0' "$#" "$@"; }
    while IFS= read -r -d '' command; do (eval "$command") 2>/dev/null </dev/null || printf 'failed\\0'; done`
  const bash = spawn('bash', ['-c', script], { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] })
  const chunks: Buffer[] = []
  bash.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  bash.stdin.end(commands.map((command) => `${command}\0`).join(''))
  await new Promise((done, failed) => bash.on('close', done).on('error', failed))
  const parts = Buffer.concat(chunks).toString('utf8').split('\0').slice(0, -1)
  const read: string[][] = []
  while (parts.length > 0) {
    const count = parts.shift() ?? ''
    read.push(/^\d+$/.test(count) ? parts.splice(0, Number(count)) : [count])
  }
  return read
}
