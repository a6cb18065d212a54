import { expect, onTestFinished, test } from 'vitest'
import { QuotaExceeded, RowGone, StorageUnavailable, UniqueViolation } from '../errors.ts'
import type { SandboxStore, Storage } from '../storage.ts'
import { countStored } from '../stored-counts.ts'
import { person } from './seed.ts'

/** Where a storage keeps its data: opened again, it holds what it held. Everything ends with the test. */
export interface Place {
  open(): Promise<Storage>
}

/** What every storage must do, whatever it is made of. Each test gets a place of its own, with `SEED` in new sandboxes. */
export function storageContract(newPlace: () => Promise<Place>): void {
  const open = async (): Promise<Storage> => (await newPlace()).open()

  test("a new sandbox has the seeded rows, and an unknown one doesn't exist", async () => {
    const storage = await open()
    const store = await storage.create()
    expect(store.id).toMatch(/^[a-z2-7]{26}$/)
    expect(await store.read()).toMatchObject({ revision: 0, nextId: 3, users: [{ id: 1 }, { id: 2 }] })
    expect(await storage.sandbox('a'.repeat(26))).toBeNull()
    expect(await storage.sandbox('../../etc/passwd')).toBeNull()
    expect(await names((await storage.sandbox('default'))!)).toEqual(['Ada', 'Grace'])
  })

  test('committed rows are still there after a restart, and an id is never reused', async () => {
    const place = await newPlace()
    const first = await place.open()
    const { id } = await first.create()
    const store = (await first.sandbox(id))!
    await add(store, 'Alan')
    await store.transact((draft) => draft.updateUser(1, { age: 37 }))
    await store.transact((draft) => draft.deleteUser(3))
    await first.close()

    const again = (await (await place.open()).sandbox(id))!
    const { users, revision } = await again.read()
    expect(users).toMatchObject([{ id: 1, age: 37 }, { id: 2 }])
    expect(revision).toBe(3)
    expect(await add(again, 'Barbara')).toMatchObject({ id: 4 })
  })

  test('every character of a row is read back as it was written', async () => {
    const store = await (await open()).create()
    const odd =
      'NUL \0, \\0, \\\\, \u202e, \u{1d518}, \u00e9, e\u0301, \u2028, \ufffd, "quotes", \'; DROP TABLE users; --'
    const values = { ...person('Odd', { bio: odd, age: 120 }), name: odd.slice(0, 20) }
    const row = await store.transact((draft) => draft.insertUser(values))
    expect(row).toEqual({ id: 3, ...values })
    expect((await store.read()).users.at(-1)).toEqual({ id: 3, ...values })
  })

  test('emails that differ in case or in Unicode composition are different', async () => {
    const store = await (await open()).create()
    for (const email of ['a@example.com', 'A@example.com', '\u00e9@example.com', 'e\u0301@example.com']) {
      await store.transact((draft) => draft.insertUser({ ...person('A'), email }))
    }
    expect((await store.read()).users).toHaveLength(6)
  })

  test('a transaction of several changes is whole or not at all', async () => {
    const store = await (await open()).create()
    const before = await store.read()
    const change = store.transact(async (draft) => {
      await draft.deleteUser(2)
      await draft.insertUser(person('Ada'))
    })
    await expect(change).rejects.toThrow(UniqueViolation)
    const failing = store.transact(async (draft) => {
      await draft.deleteUser(2)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await store.read()).toEqual(before)
    expect((await add(store, 'Alan')).id).toBe(3)
  })

  test('a transaction sees its own changes, and an update may not take the email of another', async () => {
    const store = await (await open()).create()
    const updated = await store.transact(async (draft) => {
      const { id } = await draft.insertUser(person('Alan'))
      return draft.updateUser(id, { name: 'Turing', age: null })
    })
    expect(updated).toMatchObject({ id: 3, name: 'Turing', age: null, email: 'alan@example.com' })
    const taken = store.transact((draft) => draft.updateUser(3, { email: 'ada@example.com' }))
    await expect(taken).rejects.toThrow(UniqueViolation)
    expect(await names(store)).toEqual(['Ada', 'Grace', 'Turing'])
  })

  test('a deleted row can be neither changed nor deleted', async () => {
    const store = await (await open()).create()
    await store.transact((draft) => draft.deleteUser(2))
    await expect(store.transact((draft) => draft.updateUser(2, { age: 1 }))).rejects.toThrow(RowGone)
    await expect(store.transact((draft) => draft.deleteUser(2))).rejects.toThrow(RowGone)
    expect((await store.read()).revision).toBe(1)
  })

  test("a transaction without a change doesn't commit", async () => {
    const store = await (await open()).create()
    expect(await store.transact(async () => 'nothing')).toBe('nothing')
    expect((await store.read()).revision).toBe(0)
  })

  test('of 50 creates of one name at once, one succeeds', async () => {
    const store = await (await open()).create()
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => add(store, 'Alan')))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    )
    expect(refused).toHaveLength(49)
    for (const reason of refused) expect(reason).toBeInstanceOf(UniqueViolation)
    expect(await names(store)).toEqual(['Ada', 'Grace', 'Alan'])
  })

  test('100 creates at once get 100 ids, and each counts as a revision', async () => {
    const store = await (await open()).create()
    const rows = await Promise.all(Array.from({ length: 100 }, (_, index) => add(store, `P${index}`)))
    expect(new Set(rows.map(({ id }) => id)).size).toBe(100)
    expect(await store.read()).toMatchObject({ revision: 100, nextId: 103 })
  })

  test('a snapshot stays as it was read', async () => {
    const store = await (await open()).create()
    const before = await store.read()
    await add(store, 'Alan')
    expect(before.users.map(({ name }) => name)).toEqual(['Ada', 'Grace'])
    expect(Object.isFrozen(before) && Object.isFrozen(before.users) && Object.isFrozen(before.users[0])).toBe(
      true,
    )
  })

  test('sandboxes are isolated from one another', async () => {
    const storage = await open()
    const [one, other] = [await storage.create(), await storage.create()]
    await Promise.all([add(one, 'Alan'), add(other, 'Barbara')])
    await one.transact((draft) => draft.deleteUser(1))
    expect(await names(one)).toEqual(['Grace', 'Alan'])
    expect(await names(other)).toEqual(['Ada', 'Grace', 'Barbara'])
  })

  test('a reset restores the seeded rows and restarts the count of commits', async () => {
    const store = await (await open()).create()
    await add(store, 'Alan')
    await store.transact((draft) => draft.deleteUser(1))
    await store.reset()
    expect(await store.read()).toMatchObject({
      revision: 0,
      nextId: 3,
      users: [{ name: 'Ada' }, { name: 'Grace' }],
    })
  })

  test('a sandbox holds 200 users and 256 KB, and no more', async () => {
    const store = await (await open()).create()
    await store.transact(async (draft) => {
      for (let index = 0; index < 198; index += 1) await draft.insertUser(person(`P${index}`))
    })
    await expect(add(store, 'OneMore')).rejects.toThrow(QuotaExceeded)
    const { users, bytes } = await store.usage()
    expect(users).toBe(200)
    const room = 256 * 1024 - bytes
    await store.transact((draft) => draft.updateUser(1, { bio: 'x'.repeat(room - 10) }))
    const tooMuch = store.transact((draft) => draft.updateUser(2, { bio: 'x'.repeat(100) }))
    await expect(tooMuch).rejects.toThrow(/256 KB/)
    await store.transact((draft) => draft.deleteUser(1))
    expect((await store.usage()).bytes).toBeLessThan(bytes)
    expect((await store.read()).users).toHaveLength(199)
  })

  test('a sandbox can be imported as it was', async () => {
    const storage = await open()
    const store = await storage.create()
    await add(store, 'Alan')
    const snapshot = await store.read()
    const id = 'q'.repeat(26)
    for (const _ of ['first', 'again']) {
      await storage.restore({ id, snapshot })
      const restored = (await storage.sandbox(id))!
      expect(await restored.read()).toEqual(snapshot)
      expect(await restored.usage()).toEqual(await store.usage())
      await add(restored, 'Barbara')
    }
    expect(await storage.sandboxIds()).toEqual(expect.arrayContaining([id, store.id]))
  })

  test('what is stored is counted, each stream once, and what is removed no longer', async () => {
    const storage = await open()
    // The default one is stored, too.
    const { users } = await (await storage.sandbox('default'))!.read()
    await (await storage.sandbox('default'))!.transact((draft) => draft.updateUser(users[0]!.id, { age: 5 }))
    for (const _ of ['one', 'another']) await add(await storage.create(), 'Alan')
    for (const stream of ['interview-a', 'room-a', 'room-b', 'room-c', 'study-a', 'roomy-a']) {
      await storage.events.append(stream, 0, ['one', 'two'])
      await storage.events.append(stream, 2, ['three'])
    }
    await storage.events.erase('room-a', [1])
    await storage.events.remove('room-c')
    expect(await countStored(storage)).toEqual({ sandboxes: 3, interviews: 1, rooms: 2, studyCopies: 1 })
  })

  test('this instance is listed as running', async () => {
    const { instances } = await open()
    expect(await instances.alive()).toContain(instances.me)
  })

  test('a closed storage refuses everything', async () => {
    const storage = await open()
    const store = await storage.create()
    await storage.close()
    await expect(store.read()).rejects.toThrow(StorageUnavailable)
    await expect(storage.ready()).rejects.toThrow(StorageUnavailable)
    await expect(storage.events.read('any', 0)).rejects.toThrow(StorageUnavailable)
  })
}

/** Closes with the test, also when the test did it already. */
export async function closesWithTest(storage: Promise<Storage>): Promise<Storage> {
  const opened = await storage
  onTestFinished(() => opened.close())
  return opened
}

function add(store: SandboxStore, name: string) {
  return store.transact((draft) => draft.insertUser(person(name)))
}

async function names(store: SandboxStore): Promise<string[]> {
  return (await store.read()).users.map(({ name }) => name)
}
