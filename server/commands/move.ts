import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { seededRows } from '../project/seed.ts'
import { StartFault, startFaultText } from '../config/start-fault.ts'
import { move } from '../storage/move.ts'
import { openStorage } from '../storage/open-storage.ts'
import type { Storage } from '../storage/storage.ts'

const USAGE =
  'npm run move -- --from <place> --to <place>\n' +
  'A place is a data folder, such as ./data, or a database, such as postgres://user:password@localhost:5432/viva.'

/** Nothing is removed while things move. */
const DAYS = 3650

/**
 * `npm run move`: everything from a data folder to a database, or back. Viva must not run on either of them.
 * @returns the exit code: 0 when both hold the same, 1 when something was left, 2 when it could not work
 */
async function run(args: string[]): Promise<number> {
  const { from, to } = placesOf(args)
  if (from === undefined || to === undefined) {
    process.stderr.write(`${USAGE}\n`)
    return 2
  }
  const source = await open(from, true)
  const target = await open(to, false).catch(async (error: unknown) => {
    await source.close()
    throw error
  })
  try {
    const { sandboxes, streams, checksums, faults } = await move(source, target)
    for (const fault of faults) say(fault)
    say(`sandboxes: ${sandboxes.read} read, ${sandboxes.written} written, ${sandboxes.same} were there`)
    say(`streams:   ${streams.read} read, ${streams.written} written, ${streams.same} were there`)
    say(`checksums: ${checksums.from.slice(0, 16)} here, ${checksums.to.slice(0, 16)} there`)
    const whole = faults.length === 0 && checksums.from === checksums.to
    say(whole ? 'Both hold the same.' : 'Not everything was moved: see above, and run it again.')
    if (!isDatabase(from))
      say(`Tokens stay good when JWT_SECRET is what stands in ${join(from, 'jwt-secret')}.`)
    return whole ? 0 : 1
  } finally {
    await Promise.all([source.close(), target.close()])
  }
}

function placesOf(args: string[]): { from?: string | undefined; to?: string | undefined } {
  try {
    return parseArgs({ args, options: { from: { type: 'string' }, to: { type: 'string' } } }).values
  } catch {
    return {}
  }
}

/** @throws {StartFault} when a folder to read from isn't there, since opening it would make it */
function open(place: string, mustBeThere: boolean): Promise<Storage> {
  if (isDatabase(place)) {
    return openStorage({ dataDir: '', databaseUrl: place, sandboxDays: DAYS }, seededRows)
  }
  const dataDir = resolve(place)
  const there = statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() === true
  if (!there && mustBeThere)
    throw new StartFault(`there is no folder ${dataDir}: name one that Viva kept its data in.`)
  return openStorage({ dataDir, sandboxDays: DAYS }, seededRows)
}

function isDatabase(place: string): boolean {
  return /^postgres(ql)?:\/\//.test(place)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  process.stderr.write(startFaultText(error).replace("Viva can't start", "Can't move"))
  process.exitCode = 2
}
