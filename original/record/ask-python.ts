import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { RECORDING_SECRET, type Json } from '../replay/recording.ts'

/**
 * Runs a script of this folder that can import the original's modules.
 * @param python one that has the original's packages
 * @param script reads JSON, one value per line, and writes one line of JSON for each
 * @param project the folder of main.py
 * @throws Error with Python's error output, if a line of output is missing
 */
export async function askPython(
  python: string,
  script: string,
  project: string,
  values: readonly Json[],
): Promise<Json[]> {
  const child = spawn(python, [join(import.meta.dirname, script)], {
    env: {
      ...process.env,
      PYTHONPATH: project,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUTF8: '1',
      JWT_SECRET: RECORDING_SECRET,
      DATABASE_URL: 'sqlite://',
    },
  })
  const output: Buffer[] = []
  let errorOutput = ''
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => (errorOutput += chunk.toString()))
  child.stdin.on('error', () => undefined) // Python exited early; its error output has the reason.
  child.stdin.end(values.map((value) => `${JSON.stringify(value)}\n`).join(''))
  await once(child, 'close')
  const lines = Buffer.concat(output).toString().split('\n').slice(0, -1)
  if (lines.length !== values.length)
    throw new Error(`${script} wrote ${lines.length} lines for ${values.length} values: ${errorOutput}`)
  return lines.map((line) => JSON.parse(line) as Json)
}
