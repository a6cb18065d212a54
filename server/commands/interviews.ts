import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { StartFault, startFaultText } from '../config/start-fault.ts'
import { Interviews } from '../interview/interviews.ts'
import { Lookups } from '../interview/lookups.ts'
import { roomSandboxes } from '../interview/open-interviews.ts'
import { Rooms } from '../interview/rooms.ts'
import { isRefusal } from '../interview/rules/decision.ts'
import type { InterviewState } from '../interview/rules/interview/interview-state.ts'
import { seededRows } from '../project/seed.ts'
import { openStorage } from '../storage/open-storage.ts'
import type { Storage } from '../storage/storage.ts'
import { actAsOwner } from './act-as-owner.ts'

const USAGE =
  'npm run interviews                    lists all interviews with their rooms and candidates\n' +
  'npm run interviews -- --delete <id>   deletes an interview with all its rooms, or one room\n' +
  'It reads DATA_DIR (stop Viva first) or DATABASE_URL.'

/** Long enough that no sandbox is deleted meanwhile. */
const SANDBOX_DAYS = 3650

interface Opened {
  interviews: Interviews
  rooms: Rooms
}

/**
 * `npm run interviews`: for an operator who is asked to delete someone's data by people who no longer have the link.
 * @returns the exit code: 0 when it is done, 1 when there is no such interview or room, 2 when it could not run
 */
async function run(args: string[]): Promise<number> {
  const [command = '--list', id, ...more] = args
  if (command === '--list' && id === undefined) return within(list)
  if (command === '--delete' && id !== undefined && more.length === 0)
    return within((open) => remove(open, id))
  say(USAGE)
  return 2
}

async function list({ interviews, rooms }: Opened): Promise<number> {
  const all = (await interviews.list()).sort((a, b) => a.createdAt - b.createdAt)
  for (const interview of all) {
    const { id, plan, createdAt, keptUntil } = interview
    say(`${id}  ${plan.title}  created ${dateOf(createdAt)}, deleted after ${dateOf(keptUntil)}`)
    for (const { room, label } of interview.rooms) {
      const name = (await rooms.get(room))?.state?.candidate?.name
      say(`  ${room}  ${label}${name === undefined ? '' : `, joined as ${name}`}`)
    }
  }
  say(all.length === 1 ? '1 interview' : `${all.length} interviews`)
  return 0
}

async function remove({ interviews }: Opened, id: string): Promise<number> {
  for (const interview of await interviews.list()) {
    const isWhole = interview.id === id
    if (!isWhole && !interview.rooms.some(({ room }) => room === id)) continue
    await (isWhole ? removeInterview(interviews, interview) : removeRoom(interviews, interview, id))
    say(
      `Deleted: ${isWhole ? 'the interview' : 'the room'} ${id}. Copies that you made elsewhere still have it.`,
    )
    return 0
  }
  say(`${id}: there is no such interview or room.`)
  return 1
}

async function removeInterview(interviews: Interviews, { id }: InterviewState): Promise<void> {
  const ledger = await interviews.get(id)
  if (ledger !== null) await interviews.remove(ledger)
  else await interviews.sweep()
}

async function removeRoom(
  interviews: Interviews,
  { id, owner }: InterviewState,
  room: string,
): Promise<void> {
  const ledger = await interviews.get(id)
  if (ledger === null) return interviews.sweep()
  const refusal = await interviews.command(ledger, owner, { id: randomUUID(), type: 'remove-room', room })
  if (refusal !== null && isRefusal(refusal)) throw new StartFault(refusal.message)
}

/** Runs with the storage that the environment names. */
async function within(work: (open: Opened) => Promise<number>): Promise<number> {
  const storage = await open()
  const { events, instances, time } = storage
  const rooms = new Rooms(events, instances)
  const interviews = new Interviews({
    ...{ events, rooms, time, lookups: new Lookups(events) },
    // No candidate starts a task here, so no sandbox starts over.
    sandboxes: roomSandboxes(storage, seededRows, () => Promise.resolve()),
    questions: new Map(),
    lifetimeMs: 0,
  })
  try {
    return await work({ interviews, rooms })
  } finally {
    await rooms.close()
    interviews.close()
    await storage.close()
  }
}

/** @throws {StartFault} when the folder doesn't exist */
async function open(): Promise<Storage> {
  const dataDir = resolve(process.env.DATA_DIR || './data')
  const databaseUrl = process.env.DATABASE_URL || undefined
  if (databaseUrl === undefined) {
    if (!existsSync(dataDir)) throw new StartFault(`there is no folder ${dataDir}. Set DATA_DIR.`)
    actAsOwner(dataDir)
  }
  return openStorage({ dataDir, databaseUrl, sandboxDays: SANDBOX_DAYS }, seededRows)
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  process.stderr.write(startFaultText(error).replace("Viva can't start", "Can't list or delete"))
  process.exitCode = 2
}
