import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { leaveOut } from '../../scripts/leave-out.mjs'
import { Backups } from '../storage/files/backups.ts'
import { realDisk } from '../storage/files/disk.ts'
import { FileEventLog, streamFile } from '../storage/files/event-log.ts'
import { openFiles } from '../storage/files/open-files.ts'
import { sandboxFile } from '../storage/files/sandbox-files.ts'
import type { SandboxStore } from '../storage/storage.ts'
import { person, SEED } from '../storage/testing/seed.ts'
import { temporaryFolder } from '../storage/testing/temporary.ts'

let built: string

beforeAll(async () => {
  built = join(await ensureBuilt(), 'server/doctor.js')
})

/** What `npm run doctor` runs, as its operator sees it. */
async function doctor(dataDir: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [built, ...args], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  return { code, said }
}

function add(store: SandboxStore, name: string) {
  return store.transact((draft) => draft.insertUser(person(name)))
}

/** A stopped Viva with so many sandboxes, backed up with Alan in them, and then Barbara came. */
async function stopped(count: number) {
  const dataDir = await temporaryFolder()
  const storage = await openFiles({ dataDir, seed: SEED })
  const stores = await Promise.all(Array.from({ length: count }, () => storage.create()))
  for (const store of stores) await add(store, 'Alan')
  await new Backups(dataDir, realDisk).make(Date.now())
  for (const store of stores) await add(store, 'Barbara')
  await storage.close()
  const files = stores.map(({ id }) => sandboxFile(join(dataDir, 'sandboxes'), id).file)
  return { dataDir, ids: stores.map(({ id }) => id), files }
}

async function namesOf(dataDir: string, id: string): Promise<string[]> {
  const storage = await openFiles({ dataDir, seed: SEED })
  const { users } = await (await storage.sandbox(id))!.read()
  await storage.close()
  return users.map(({ name }) => name)
}

test('with nothing wrong it says so and exits with 0', async () => {
  const { dataDir } = await stopped(2)
  const { code, said } = await doctor(dataDir)
  expect([code, said]).toEqual([0, `2 sandboxes in ${dataDir}: 2 intact, 0 damaged.\n`])
})

test('an empty data folder is no fault; one that is missing is not called intact, and not created', async () => {
  expect((await doctor(await temporaryFolder())).code).toBe(0)
  const missing = join(await temporaryFolder(), 'none')
  for (const args of [[], ['--restore', '--all']])
    expect(await doctor(missing, ...args)).toEqual({
      code: 2,
      said: `There is no folder ${missing}. Set DATA_DIR.\n`,
    })
  await expect(readdir(missing)).rejects.toThrow(/ENOENT/)
})

test('damaged, newer and leftover files are listed with their fault and the newest good backup, and left alone', async () => {
  const { dataDir, ids, files } = await stopped(4)
  const [cut = '', newer = '', lonely = ''] = files
  await writeFile(cut, '{"format":')
  const text = await readFile(newer, 'utf8')
  await writeFile(newer, text.replace('"schema":1', '"schema":9'))
  await writeFile(lonely, '')
  await rm(join(dataDir, 'backups'), { recursive: true })
  await new Backups(dataDir, realDisk).make(Date.now())
  await writeFile(`${cut}.tmp`, 'half')
  await writeFile(join(dataDir, 'sandboxes', 'notes.txt'), 'mine')

  const { code, said } = await doctor(dataDir)
  expect(code).toBe(1)
  expect(said).toMatch(`damaged: sandboxes/${ids[0]!.slice(0, 2)}/${ids[0]}.json: it is not complete JSON. `)
  expect(said).toMatch(/newer: .*a newer version of Viva wrote it \(schema 9; this version reads up to 1\)/)
  expect(said).toMatch(`${ids[2]}.json: the file is empty. Newest good backup: none.`)
  expect(said).toMatch(/leftover: .*\.json\.tmp: a write that was interrupted/)
  expect(said).toMatch(/4 sandboxes in .*: 1 intact, 3 damaged\./)
  expect(await readFile(cut, 'utf8')).toBe('{"format":')
  expect(await readFile(`${cut}.tmp`, 'utf8')).toBe('half')
})

test('the newest good backup is restored, and the damaged file is kept aside', async () => {
  const { dataDir, ids, files } = await stopped(2)
  const [file = ''] = files
  await writeFile(file, 'damaged')
  expect((await doctor(dataDir)).said).toMatch(/Newest good backup: backups\/[\dT-]+\/[a-z2-7]{26}\.json/)
  const { code, said } = await doctor(dataDir, '--restore', ids[0]!)
  expect(code).toBe(0)
  expect(said).toMatch(`${ids[0]}: restored from backups/`)
  expect(await namesOf(dataDir, ids[0]!)).toEqual(['Ada', 'Grace', 'Alan'])
  expect(await namesOf(dataDir, ids[1]!)).toEqual(['Ada', 'Grace', 'Alan', 'Barbara'])
  const beside = await readdir(resolve(file, '..'))
  const aside = beside.find((name) => name.startsWith(`${basename(file)}.damaged-`))
  expect(await readFile(resolve(file, '..', aside!), 'utf8')).toBe('damaged')
  expect((await doctor(dataDir)).code).toBe(0)
})

test('everything damaged is restored at once, but files of a newer version are kept', async () => {
  const { dataDir, ids, files } = await stopped(3)
  await writeFile(files[0]!, '')
  await writeFile(files[1]!, 'null')
  const newer = (await readFile(files[2]!, 'utf8')).replace('"schema":1', '"schema":9')
  await writeFile(files[2]!, newer)
  const { code, said } = await doctor(dataDir, '--restore', '--all')
  expect(code).toBe(1)
  expect(said).toMatch(`${ids[2]}: written by a newer version, so it was left as it is.`)
  for (const id of ids.slice(0, 2)) expect(await namesOf(dataDir, id)).toEqual(['Ada', 'Grace', 'Alan'])
  expect(await readFile(files[2]!, 'utf8')).toBe(newer)
})

test('a damaged backup is skipped for an older one; without any, nothing is changed', async () => {
  const { dataDir, ids, files } = await stopped(2)
  for (const file of files) await writeFile(file, 'damaged')
  const [hour = ''] = (await readdir(join(dataDir, 'backups'))).filter((name) => name.startsWith('2'))
  const backup = (folder: string, id: string) => join(dataDir, 'backups', folder, `${id}.json`)
  await mkdir(join(dataDir, 'backups/older'))
  await writeFile(backup('older', ids[0]!), await readFile(backup(hour, ids[0]!)))
  for (const id of ids) {
    await rm(backup(hour, id))
    await writeFile(backup(hour, id), 'damaged too')
  }
  const { code, said } = await doctor(dataDir, '--restore', '--all')
  expect(code).toBe(1)
  expect(said).toMatch(`${ids[0]}: restored from backups/older/`)
  expect(said).toMatch(`${ids[1]}: it has no intact backup, so nothing was changed.`)
  expect(await readFile(files[1]!, 'utf8')).toBe('damaged')
})

test('a sandbox whose file is missing is restored; an intact one is left alone', async () => {
  const { dataDir, ids, files } = await stopped(2)
  await rm(files[0]!)
  expect((await doctor(dataDir, '--restore', ids[0]!)).code).toBe(0)
  expect(await namesOf(dataDir, ids[0]!)).toEqual(['Ada', 'Grace', 'Alan'])
  const { code, said } = await doctor(dataDir, '--restore', ids[1]!)
  expect([code, said]).toEqual([0, `${ids[1]}: its file is intact, so nothing was changed.\n`])
})

test('while another process uses the folder it only lists', async () => {
  const { dataDir, ids, files } = await stopped(1)
  await writeFile(files[0]!, 'damaged')
  const storage = await openFiles({ dataDir, seed: SEED })
  expect((await doctor(dataDir)).code).toBe(1)
  const { code, said } = await doctor(dataDir, '--restore', ids[0]!)
  expect(code).toBe(2)
  expect(said).toMatch(new RegExp(`in use by process ${process.pid} `))
  expect(await readFile(files[0]!, 'utf8')).toBe('damaged')
  await storage.close()
})

test('a damaged event stream is listed, and everything before the damage can be kept', async () => {
  const dataDir = await temporaryFolder()
  const log = new FileEventLog(join(dataDir, 'events'), realDisk)
  for (const stream of ['good', 'bad']) {
    for (let number = 0; number < 3; number += 1) await log.append(stream, number, [`event ${number + 1}`])
  }
  await log.close()
  const file = streamFile(join(dataDir, 'events'), 'bad')
  const damaged = (await readFile(file, 'utf8')).replace('event 3', 'event 9')
  await writeFile(file, damaged)

  const found = await doctor(dataDir)
  expect(found.code).toBe(1)
  expect(found.said).toMatch(
    /^damaged: events\/..\/bad\.jsonl: the line that starts at byte \d+ was changed .*\. Intact before the damage: 2 events\. Backup: none\.$/m,
  )
  expect(found.said).toMatch('2 event streams: 1 intact, 1 damaged.')
  expect(await readFile(file, 'utf8')).toBe(damaged)

  const { code, said } = await doctor(dataDir, '--salvage', 'bad')
  expect([code, said]).toEqual([
    0,
    expect.stringMatching(/^bad: 2 events kept; the damaged file is now events\/..\/bad\.jsonl\.damaged-/),
  ])
  const aside = said.trim().split(' ').at(-1)!
  expect(await readFile(join(dataDir, aside), 'utf8')).toBe(damaged)
  const again = new FileEventLog(join(dataDir, 'events'), realDisk)
  expect((await again.read('bad', 0)).map(({ data }) => data)).toEqual(['event 1', 'event 2'])
  expect(await again.append('bad', 2, ['event 3 once more'])).toBe(3)
  expect(await again.read('good', 0)).toHaveLength(3)
  expect((await again.heads('')).map(({ stream }) => stream).sort()).toEqual(['bad', 'good'])
  await again.close()
  expect((await doctor(dataDir)).code).toBe(0)
  expect((await doctor(dataDir, '--salvage', 'good')).code).toBe(1)
  expect((await doctor(dataDir, '--salvage', 'none')).code).toBe(1)
})

test('a damaged and a missing stream are restored from their backups, with what was intact behind the damage', async () => {
  const dataDir = await temporaryFolder()
  const log = new FileEventLog(join(dataDir, 'events'), realDisk)
  for (const stream of ['bad', 'gone', 'good'])
    for (let number = 0; number < 3; number += 1) await log.append(stream, number, [`event ${number + 1}`])
  await new Backups(dataDir, realDisk).make(Date.now())
  await log.append('bad', 3, ['event 4'])
  await log.close()
  const [bad, gone] = ['bad', 'gone'].map((stream) => streamFile(join(dataDir, 'events'), stream))
  await writeFile(bad!, (await readFile(bad!, 'utf8')).replace('event 2', 'event 9'))
  await rm(gone!)

  const { code, said } = await doctor(dataDir)
  expect(code).toBe(1)
  const backup = String.raw`Backup: backups/events/../\w+\.jsonl, 3 events\.$`
  expect(said).toMatch(
    new RegExp(`^damaged: .*/bad\\.jsonl: .* Intact before the damage: 1 event\\. ${backup}`, 'm'),
  )
  expect(said).toMatch(new RegExp(`^missing: .*/gone\\.jsonl: the file is gone\\. ${backup}`, 'm'))

  const all = await doctor(dataDir, '--restore', '--all')
  expect([all.code, all.said]).toEqual([
    0,
    expect.stringMatching(
      /^bad: restored from backups\/events\/.*: 4 events, 1 of them newer than the backup; the damaged file is now events\/.*\.damaged-/m,
    ),
  ])
  expect((await doctor(dataDir, '--restore', 'gone')).said).toMatch(/^gone: restored from .*: 3 events$/m)
  const again = new FileEventLog(join(dataDir, 'events'), realDisk)
  const events = ['event 1', 'event 2', 'event 3', 'event 4']
  expect((await again.read('bad', 0)).map(({ data }) => data)).toEqual(events)
  expect((await again.read('gone', 0)).map(({ data }) => data)).toEqual(events.slice(0, 3))
  expect(await again.append('bad', 4, ['event 5'])).toBe(5)
  expect((await doctor(dataDir, '--restore', 'good')).said).toMatch('good: its file is intact')
})

test('interviews and copies that a newer version wrote are listed as newer, and not as intact or damaged', async () => {
  const dataDir = await temporaryFolder()
  const log = new FileEventLog(join(dataDir, 'events'), realDisk)
  for (const stream of ['room-1', 'interview-1', 'study-1', 'code-1'])
    await log.append(stream, 0, [{ type: 'of-tomorrow', v: 9 }])
  await log.append('study-1', 1, [null])
  await log.close()
  const { code, said } = await doctor(dataDir)
  expect(code).toBe(1)
  expect(said).toContain('4 event streams: 0 intact, 0 damaged, 4 from a newer version.')
  for (const stream of ['room-1', 'interview-1', 'study-1', 'code-1'])
    expect(said).toMatch(
      new RegExp(
        `^newer: .*/${stream}\\.jsonl: a newer version of Viva wrote it \\(event 1\\)\\. Start the version`,
        'm',
      ),
    )
})

test.each([
  ['--help'],
  ['--salvage', '../x'],
  ['--restore'],
  ['--restore', '../../etc/passwd'],
  ['--restore', 'default', 'more'],
])("arguments that it doesn't understand get the usage message: %s", async (...args) => {
  const { code, said } = await doctor(await temporaryFolder(), ...args)
  expect(code).toBe(2)
  expect(said).toMatch(/npm run doctor -- --restore <id>/)
})

const NOBODY = 65_534

if (process.getuid?.() === 0)
  test('what root restores or salvages belongs to the owner of the data folder', async () => {
    const { dataDir, ids, files } = await stopped(1)
    await writeFile(files[0]!, 'damaged')
    const names = await readdir(dataDir, { recursive: true })
    for (const path of [dataDir, ...names.map((name) => join(dataDir, name))])
      await chown(path, NOBODY, NOBODY)
    const { code, said } = await doctor(dataDir, '--restore', ids[0]!)
    expect([code, said]).toEqual([0, expect.stringContaining('restored from')])
    const after = await readdir(dataDir, { recursive: true })
    const owners = await Promise.all(after.map(async (name) => (await stat(join(dataDir, name))).uid))
    expect(new Set(owners)).toEqual(new Set([NOBODY]))
  })
else leaveOut('Not root here: whose files the doctor writes was not checked.')
