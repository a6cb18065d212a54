import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hasPostgres } from '../storage/testing/make-database.ts'
import { temporaryDatabase, temporaryFolder } from '../storage/testing/temporary.ts'
import { serveViva, type ServeVivaOptions } from '../testing/serve-viva.ts'
import { CopyClient, gradeOf, removalOf } from './testing/copy-client.ts'

const postgres = await hasPostgres('copies of study logs')

interface Place {
  env: Record<string, string>
  /** Everything that is stored, as one text. */
  stored: () => Promise<string>
}

async function newFolder(): Promise<Place> {
  const dataDir = await temporaryFolder()
  const stored = async (): Promise<string> => {
    const files = await readdir(dataDir, { recursive: true, withFileTypes: true })
    const texts = files
      .filter((file) => file.isFile())
      .map((file) => readFile(join(file.parentPath, file.name), 'utf8'))
    return (await Promise.all(texts)).join('\n')
  }
  return { env: { DATA_DIR: dataDir }, stored }
}

async function newDatabase(): Promise<Place> {
  const url = await temporaryDatabase()
  const stored = async (): Promise<string> => {
    const { default: pg } = await import('pg')
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const { rows } = await client.query('SELECT stream, data FROM events')
    await client.end()
    return JSON.stringify(rows)
  }
  return { env: { DATABASE_URL: url, JWT_SECRET: 'long enough for a secret of a test' }, stored }
}

async function serve(place: Place, options: ServeVivaOptions = {}) {
  const server = await serveViva({ ...place.env }, options)
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => (stopped ??= server.close())
  onTestFinished(stop)
  return { origin: server.origin, port: server.port, stop }
}

const storages: [string, () => Promise<Place>][] = [
  ['JSON files', newFolder],
  ...(postgres ? [['PostgreSQL', newDatabase] as [string, () => Promise<Place>]] : []),
]

describe.each(storages)('a copy of a study log on %s', (_name, newPlace) => {
  test('what one device adds, another one reads once, and nothing is doubled', async () => {
    const { origin } = await serve(await newPlace())
    const one = new CopyClient(origin)
    expect((await one.make()).status).toBe(201)
    expect((await one.make()).status).toBe(201)
    const events = [gradeOf(), gradeOf(), gradeOf()]
    expect((await one.add(...events)).status).toBe(200)
    expect((await one.add(...events, gradeOf())).status).toBe(200)
    const other = one.at(origin)
    const first = await other.read()
    expect(first.json.events).toHaveLength(4)
    expect((first.json.events as unknown[]).slice(0, 3)).toEqual(events)
    const later = gradeOf()
    await one.add(later, later)
    expect((await other.read(first.json.cursor)).json).toMatchObject({ events: [later], restarted: false })
  })

  test('a device that adds to what it knows needn’t read its own events again', async () => {
    const { origin } = await serve(await newPlace())
    const one = new CopyClient(origin)
    await one.make()
    const { cursor } = (await one.read()).json
    const added = (await one.add(gradeOf(), gradeOf())).json
    expect(added.before).toBe(cursor)
    expect((await one.read(added.cursor)).json.events).toEqual([])
  })

  test('what is removed is gone from the storage, whatever comes first, and never comes back', async () => {
    const place = await newPlace()
    const { origin, stop } = await serve(place)
    const one = new CopyClient(origin)
    await one.make()
    const early = gradeOf('canary-early')
    const late = gradeOf('canary-late')
    const both = gradeOf('canary-both')
    const kept = gradeOf('kept')
    const marks = [early, late, both].map(({ id }) => removalOf(id))
    await one.add(early, kept)
    expect(await place.stored()).toContain('canary-early')
    expect((await one.add(marks[0], marks[1])).status).toBe(200)
    expect((await one.add(late, both, marks[2], early)).status).toBe(200)
    // A removal that is removed stays in force.
    await one.add(removalOf(marks[0]!.id))
    await one.add(early)
    expect(await place.stored()).not.toContain('canary')
    const ids = (await one.all()).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([kept.id, ...marks.map(({ id }) => id)]))
    expect(ids).not.toEqual(expect.arrayContaining([early.id]))
    await stop()
    const again = one.at((await serve(place)).origin)
    expect((await again.all()).map(({ id }) => id)).toEqual(ids)
    await again.add(early, late, both)
    expect(await place.stored()).not.toContain('canary')
  })

  test('everything acknowledged is there after a restart, and a cursor still holds', async () => {
    const place = await newPlace()
    const first = await serve(place)
    const one = new CopyClient(first.origin)
    await one.make()
    await one.add(gradeOf())
    const { cursor } = (await one.read()).json
    const late = gradeOf()
    await one.add(late)
    await first.stop()
    const again = one.at((await serve(place)).origin)
    expect((await again.read(cursor)).json).toMatchObject({ events: [late], restarted: false })
    expect(await again.all()).toHaveLength(2)
  })

  test('only the hash of the key is stored', async () => {
    const place = await newPlace()
    const { origin } = await serve(place)
    const one = new CopyClient(origin)
    await one.make()
    await one.add(gradeOf())
    const stored = await place.stored()
    expect(stored).not.toContain(one.key)
    if (place.env.DATABASE_URL !== undefined)
      expect(stored).toContain(createHash('sha256').update(one.key).digest('hex'))
  })

  test('no other key opens a copy: not a guessed, a cut, a longer or an old one', async () => {
    const { origin } = await serve(await newPlace())
    const one = new CopyClient(origin)
    await one.make()
    await one.add(gradeOf('canary'))
    const last = one.key.at(-1) === 'A' ? 'E' : 'A'
    const wrong = [
      randomBytes(32).toString('base64url'),
      one.key.slice(0, -1),
      `${one.key}A`,
      one.key.slice(0, -1) + last,
      one.key.toLowerCase() === one.key ? one.key.toUpperCase() : one.key.toLowerCase(),
      createHash('sha256').update(one.key).digest('hex'),
      '__proto__',
      '../../etc/passwd',
      `${one.key},${one.key}`,
    ]
    for (const key of wrong) {
      const thief = new CopyClient(origin, key)
      for (const answer of [await thief.read(), await thief.add(gradeOf()), await thief.remove()]) {
        expect(answer.status, key).toBe(404)
        expect(answer.json, key).toEqual({ detail: 'Study copy not found' })
      }
    }
    for (const [method, path] of [
      ['POST', '/api/study/copies'],
      ['GET', '/api/study/copy/events'],
      ['POST', '/api/study/copy/events'],
      ['DELETE', '/api/study/copy'],
    ] as const) {
      const answer = await fetch(origin + path, { method })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer')
      // A key in the address is none.
      expect((await fetch(`${origin}${path}?key=${one.key}`, { method })).status).toBe(401)
    }
    expect(await one.all()).toHaveLength(1)
  })

  test('after it is deleted, a copy is gone for every device, and its key can make a new one', async () => {
    const place = await newPlace()
    const { origin } = await serve(place)
    const one = new CopyClient(origin)
    const other = one.at(origin)
    await one.make()
    await one.add(gradeOf('canary'))
    const { cursor } = (await other.read()).json
    expect((await one.remove()).status).toBe(204)
    for (const answer of [await other.read(), await other.read(cursor), await other.add(gradeOf())])
      expect(answer.status).toBe(404)
    expect((await one.remove()).status).toBe(404)
    expect(await place.stored()).not.toContain('canary')
    await one.make()
    const fresh = gradeOf()
    await one.add(fresh)
    // A cursor of the copy that was here before is none of this one.
    expect((await other.read(cursor)).json).toMatchObject({ events: [fresh], restarted: true })
  })

  test('a copy that is deleted while devices add to it is gone completely', async () => {
    const place = await newPlace()
    const { origin } = await serve(place)
    const one = new CopyClient(origin)
    await one.make()
    const adding = Array.from({ length: 20 }, () => one.add(gradeOf('canary')))
    const removed = await one.remove()
    const statuses = (await Promise.all(adding)).map(({ status }) => status)
    expect(removed.status).toBe(204)
    expect(statuses.filter((status) => status !== 200 && status !== 404)).toEqual([])
    expect((await one.read()).status).toBe(404)
    expect(await place.stored()).not.toContain('canary')
  })

  test('devices that add at the same moment lose nothing, also through two instances', async () => {
    const place = await newPlace()
    const origins = [(await serve(place)).origin]
    if (place.env.DATABASE_URL !== undefined) origins.push((await serve(place)).origin)
    const one = new CopyClient(origins[0]!)
    await one.make()
    const events = Array.from({ length: 40 }, () => gradeOf())
    const answers = await Promise.all(
      // Each event twice, from different sides.
      [...events, ...events].map((event, index) => one.at(origins[index % origins.length]!).add(event)),
    )
    expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([])
    for (const origin of origins) {
      const ids = (await one.at(origin).all()).map(({ id }) => id)
      expect(ids).toHaveLength(40)
      expect(new Set(ids)).toEqual(new Set(events.map(({ id }) => id)))
    }
  })

  test('odd cursors are refused, and those of another copy or of the future start from the beginning', async () => {
    const { origin } = await serve(await newPlace())
    const [one, other] = [new CopyClient(origin), new CopyClient(origin)]
    for (const copy of [one, other]) {
      await copy.make()
      await copy.add(gradeOf())
      await copy.add(gradeOf())
    }
    const foreign = (await other.read()).json.cursor
    for (const cursor of [foreign, '99999.1', '0.0', '1.0', '999999999.9999999999999999']) {
      const { status, json } = await one.read(cursor)
      expect(status, String(cursor)).toBe(200)
      expect(json).toMatchObject({ restarted: true })
      expect(json.events, String(cursor)).toHaveLength(2)
    }
    for (const cursor of [
      '',
      '1',
      '-1.5',
      '1.x',
      'a'.repeat(5_000),
      '1.2.3',
      "1.1' OR '1",
      '9'.repeat(10) + '.1',
    ])
      expect((await one.read(cursor)).status, cursor).toBe(422)
    expect((await one.call('GET', '/api/study/copy/events?after=1.1&after=2.2')).status).toBe(422)
  })
})
