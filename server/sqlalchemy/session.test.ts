import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { HIDDEN, type StepDetail } from '#contract/trace.ts'
import { User } from '../project/models.ts'
import { seededRows } from '../project/seed.ts'
import { openFiles } from '../storage/files/open-files.ts'
import type { SandboxStore } from '../storage/storage.ts'
import { requestTrace } from '../trace/report.ts'
import { Trace } from '../trace/trace.ts'
import { IntegrityError, StaleDataError } from './exc.ts'
import { select } from './select.ts'
import { Session } from './session.ts'

async function sandbox(): Promise<SandboxStore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'viva-'))
  const storage = await openFiles({ dataDir, seed: seededRows })
  onTestFinished(async () => {
    await storage.close()
    await rm(dataDir, { recursive: true })
  })
  return storage.create()
}

/** A session, and what a piece of work with it leaves in its trace. */
function traced(store: SandboxStore) {
  const trace = new Trace({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }, 'GET', '/')
  const stepsOf = async (work: () => Promise<unknown>) => {
    await work()
    return requestTrace(trace).steps.map(({ name, title, verdict, detail }) => ({
      name,
      title,
      verdict,
      ...(detail as Extract<StepDetail, { kind: 'store' }>),
    }))
  }
  return { db: new Session(store, trace), stepsOf }
}

function barbara(): User {
  return new User({ name: 'Barbara', email: 'barbara@example.com', hashed_password: 'secret hash' })
}

const COLUMNS =
  'users.id, users.name, users.email, users.age, users.bio, users.created_at, users.hashed_password'

test('a new object gets its id and time when it is committed, and only then do others see it', async () => {
  const store = await sandbox()
  const db = new Session(store)
  const user = barbara()
  db.add(user)
  expect(await new Session(store).get(User, 4)).toBeNull()
  await db.commit()
  expect(user).toMatchObject({ id: 4, age: null, bio: null })
  expect(user.created_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  expect(await new Session(store).get(User, 4)).toEqual(user)
})

test('every statement of a session has its id, and another session another one', async () => {
  const store = await sandbox()
  const idsOf = async () => {
    const { db, stepsOf } = traced(store)
    const steps = await stepsOf(async () => {
      const user = await db.get(User, 1)
      user!.age = (user!.age ?? 0) + 1
      await db.commit()
      await db.rollback()
    })
    expect(steps.map(({ operation }) => operation)).toEqual([
      'select',
      'update',
      'commit',
      'select',
      'rollback',
    ])
    return [...new Set(steps.map(({ session }) => session))]
  }
  const [one, other] = [await idsOf(), await idsOf()]
  expect([one.length, other.length]).toEqual([1, 1])
  expect(one[0]).toMatch(/^[0-9a-f]{8}$/)
  expect(other[0]).not.toBe(one[0])
})

test('the steps of a create are the statements that SQLAlchemy sends, without any hash', async () => {
  const { db, stepsOf } = traced(await sandbox())
  const steps = await stepsOf(async () => {
    db.add(barbara())
    await db.commit()
  })
  expect(steps.map(({ name, operation, sql, rows }) => ({ name, operation, sql, rows }))).toEqual([
    {
      name: 'models.user',
      operation: 'insert',
      sql: 'INSERT INTO users (name, email, age, bio, created_at, hashed_password) VALUES (?, ?, ?, ?, ?, ?)',
      rows: 1,
    },
    { name: 'database.session_local', operation: 'commit', sql: 'COMMIT', rows: 0 },
    {
      name: 'models.user',
      operation: 'select',
      sql: `SELECT ${COLUMNS} \nFROM users \nWHERE users.id = ?`,
      rows: 1,
    },
  ])
  expect(steps[0]?.changes).toEqual([
    {
      table: 'users',
      id: 4,
      before: null,
      after: expect.objectContaining({ id: 4, name: 'Barbara', hashed_password: HIDDEN }) as unknown,
    },
  ])
  expect(JSON.stringify(steps)).not.toContain('secret hash')
})

test('a taken email is an IntegrityError: nothing is stored, and after the rollback the session can be used', async () => {
  const store = await sandbox()
  const { db, stepsOf } = traced(store)
  const before = await store.read()
  const steps = await stepsOf(async () => {
    db.add(new User({ name: 'Ada', email: 'ada@example.com', hashed_password: 'x' }))
    await expect(db.commit()).rejects.toThrow(IntegrityError)
    await db.rollback()
  })
  expect(steps).toMatchObject([
    { operation: 'insert', verdict: 'refused', rows: 0, changes: [] },
    { operation: 'rollback', sql: 'ROLLBACK', verdict: 'ok' },
  ])
  await db.commit()
  expect(await store.read()).toBe(before)
})

test('only the columns that changed are updated, and the trace shows the row before and after', async () => {
  const store = await sandbox()
  const { db, stepsOf } = traced(store)
  const steps = await stepsOf(async () => {
    const user = (await db.get(User, 1))!
    expect(await db.get(User, 1)).toBe(user)
    Object.assign(user, { name: 'Augusta', bio: null })
    await db.commit()
  })
  expect(steps.map(({ operation }) => operation)).toEqual(['select', 'update', 'commit', 'select'])
  expect(steps[1]).toMatchObject({
    sql: 'UPDATE users SET name=?, bio=? WHERE users.id = ?',
    changes: [{ id: 1, before: { name: 'Ada Lovelace' }, after: { name: 'Augusta', bio: null } }],
  })
  expect((await store.read()).users[0]).toMatchObject({ name: 'Augusta', bio: null, age: 36 })
})

test('changes that are rolled back are forgotten', async () => {
  const db = new Session(await sandbox())
  const user = (await db.get(User, 1))!
  user.name = 'Somebody else'
  await db.rollback()
  expect(user.name).toBe('Ada Lovelace')
})

test('a deleted row is gone, and a commit without changes only sends COMMIT', async () => {
  const store = await sandbox()
  const { db, stepsOf } = traced(store)
  const steps = await stepsOf(async () => {
    db.delete((await db.get(User, 2))!)
    await db.commit()
    await db.commit()
  })
  expect(steps.map(({ sql }) => sql.split(' ')[0])).toEqual(['SELECT', 'DELETE', 'COMMIT', 'COMMIT'])
  expect(steps[1]).toMatchObject({ changes: [{ id: 2, before: { name: 'Grace Hopper' }, after: null }] })
  expect(await db.get(User, 2)).toBeNull()
})

test('changing a row that another session deleted is a StaleDataError', async () => {
  const store = await sandbox()
  const db = new Session(store)
  const user = (await db.get(User, 1))!
  await store.transact((draft) => draft.deleteUser(1))
  user.name = 'Too late'
  await expect(db.commit()).rejects.toThrow(StaleDataError)
})

test('select filters by a column, sorts, skips and limits, with the right SQL', async () => {
  const { db, stepsOf } = traced(await sandbox())
  const steps = await stepsOf(async () => {
    const all = select(User).orderBy(User.id)
    expect((await db.scalars(all.offset(1).limit(1))).map(({ name }) => name)).toEqual(['Grace Hopper'])
    expect((await db.scalar(select(User).where(User.email, 'alan@example.com')))?.id).toBe(3)
    expect(await db.scalar(select(User).where(User.email, 'ALAN@example.com'))).toBeNull()
  })
  expect(steps.map(({ sql, rows }) => [sql, rows])).toEqual([
    [`SELECT ${COLUMNS} \nFROM users ORDER BY users.id\n LIMIT ? OFFSET ?`, 1],
    [`SELECT ${COLUMNS} \nFROM users \nWHERE users.email = ?`, 1],
    [`SELECT ${COLUMNS} \nFROM users \nWHERE users.email = ?`, 0],
  ])
})

test('the trace of a create, an update and a delete contains no hash, and no reference to one', async () => {
  const trace = new Trace({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }, 'POST', '/')
  const db = new Session(await sandbox(), trace)
  const user = barbara()
  db.add(user)
  await db.commit()
  user.hashed_password = 'another secret hash'
  await db.commit()
  db.delete(user)
  await db.commit()
  // Functions can't be cloned: one would be a way to all that it was made beside.
  const kept = JSON.stringify(structuredClone(trace.steps.map(({ about }) => about)))
  expect(kept).toContain('barbara@example.com')
  expect(kept).not.toContain('secret hash')
})
