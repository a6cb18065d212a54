import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { resolve } from 'node:path'
import { packageBin } from './package-bin.mjs'
import { partNames } from './mutation-parts.mjs'

/**
 * `npm run mutation`: mutation testing of every part, or of some: `npm run mutation -- auth storage`. Results are kept in
 * `.mutation/`, so the next run tries only what has changed. Prints the mutants that survived and the share that was killed.
 */
const root = resolve(import.meta.dirname, '..')
const requested = process.argv.slice(2)
const MIN_KILLED_PERCENT = 85

for (const part of requested.length > 0 ? requested : partNames) {
  const code = await stryker(part)
  if (code !== 0) process.exit(code)
  const { files } = JSON.parse(await readFile(resolve(root, `.mutation/${part}.json`), 'utf8'))
  const killed = print(part, files)
  if (killed < MIN_KILLED_PERCENT) process.exitCode = 1
}

function print(part, files) {
  const count = {}
  for (const [file, { mutants, source }] of Object.entries(files)) {
    const lines = source.split('\n')
    for (const { status, mutatorName, location, replacement } of mutants) {
      count[status] = (count[status] ?? 0) + 1
      if (status !== 'Survived' && status !== 'NoCoverage') continue
      const { line, column } = location.start
      console.log(`${file}:${line}:${column} ${status} ${mutatorName}: ${lines[line - 1].trim()}`)
      console.log(`    ${(replacement ?? '').replaceAll('\n', ' ').slice(0, 120)}`)
    }
  }
  const { Killed = 0, Timeout = 0, Survived = 0, NoCoverage = 0 } = count
  const share = (100 * (Killed + Timeout)) / (Killed + Timeout + Survived + NoCoverage)
  console.log(`\n${part}: ${share.toFixed(1)} % killed; ${JSON.stringify(count)}\n`)
  return share
}

function stryker(part) {
  const child = spawn(process.execPath, [packageBin('@stryker-mutator/core', 'stryker'), 'run'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MUTATION_PART: part },
  })
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  return new Promise((done) => child.on('exit', (code) => done(code ?? 1)))
}
