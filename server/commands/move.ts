import { mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { seededRows } from '../project/seed.ts'
import { actAsOwner } from './act-as-owner.ts'
import { StartFault, startFaultText } from '../config/start-fault.ts'
import { move } from '../storage/move.ts'
import { openStorage } from '../storage/open-storage.ts'
import type { Storage } from '../storage/storage.ts'

const USAGE =
  'npm run move -- --from <place> --to <place>\n' +
  'A place is a data folder, such as ./data, or a database, such as postgres://user:password@localhost:5432/viva,\n' +
  'or DATABASE_URL: then its address is read from that variable, and no password is on the command line.'

/** Long enough that no sandbox is deleted during the move. */
const SANDBOX_DAYS = 3650

/**
 * `npm run move`: copies everything from a data folder to a database, or back. Viva must not be running on either.
 * @returns the exit code: 0 when both have the same contents, 1 when something is missing, 2 when it could not run
 */
async function run(args: string[]): Promise<number> {
  const places = placesOf(args)
  const [from, to] = [addressOf(places.from), addressOf(places.to)]
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
    say(`sandboxes: ${sandboxes.read} read, ${sandboxes.written} written, ${sandboxes.same} already there`)
    say(`streams:   ${streams.read} read, ${streams.written} written, ${streams.same} already there`)
    say(`checksums: ${checksums.from.slice(0, 16)} (source), ${checksums.to.slice(0, 16)} (target)`)
    const whole = faults.length === 0 && checksums.from === checksums.to
    say(
      whole
        ? 'Source and target have the same contents.'
        : 'Not everything was copied. Fix what is listed above, then run it again.',
    )
    say(
      isDatabase(from)
        ? 'Tokens stay valid as long as JWT_SECRET stays set to the same value.'
        : `Tokens stay valid if JWT_SECRET is set to the contents of ${join(from, 'jwt-secret')}.`,
    )
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

/** @throws {StartFault} when the place is DATABASE_URL and that isn't set */
function addressOf(place: string | undefined): string | undefined {
  if (place !== 'DATABASE_URL') return place
  const { DATABASE_URL } = process.env
  if (DATABASE_URL) return DATABASE_URL
  throw new StartFault('DATABASE_URL is not set.')
}

/** @throws {StartFault} when the source folder doesn't exist, or when root would have to create the target: Viva couldn't read it */
async function open(place: string, mustExist: boolean): Promise<Storage> {
  if (isDatabase(place)) {
    const storage = await openStorage(
      { dataDir: '', databaseUrl: place, sandboxDays: SANDBOX_DAYS },
      seededRows,
    )
    await refuseIfInUse(storage)
    return storage
  }
  const dataDir = resolve(place)
  const exists = statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() === true
  if (!exists) {
    if (mustExist)
      throw new StartFault(`there is no folder ${dataDir}. Give the data folder of a Viva that has run.`)
    if (process.getuid?.() === 0)
      throw new StartFault(
        `there is no folder ${dataDir}. Make it for the user that runs Viva: install -d -o viva -m 700 ${dataDir}`,
      )
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  }
  actAsOwner(dataDir)
  return openStorage({ dataDir, sandboxDays: SANDBOX_DAYS }, seededRows)
}

/** What an instance writes meanwhile would be missing without a word. @throws {StartFault} while one is running */
async function refuseIfInUse(storage: Storage): Promise<void> {
  const { instances } = storage
  const others = [...(await instances.alive())].filter((id) => id !== instances.me)
  if (others.length === 0) return
  await storage.close()
  throw new StartFault(
    `Viva is running on this database (${others.length === 1 ? 'one instance' : `${others.length} instances`}). Stop it, wait ten seconds, and run this again.`,
  )
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
