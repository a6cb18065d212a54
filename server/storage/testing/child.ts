import { once } from 'node:events'
import { openFiles } from '../files/open-files.ts'
import { SEED } from './seed.ts'

/**
 * A process of its own that says `ready`, and opens the data folder at the moment that it reads from its input, in
 * milliseconds of the epoch. `hold`: says `open` and stays. `write`: 16 writers count up the `age` of a
 * user each, in two sandboxes, and each count is printed once it was acknowledged.
 */
async function main([dataDir = '', task]: string[]): Promise<void> {
  process.stdout.write('ready\n')
  const [moment] = (await once(process.stdin, 'data')) as [Buffer]
  while (Date.now() < Number(moment)) continue
  const storage = await openFiles({ dataDir, seed: SEED })
  process.stdout.write('open\n')
  if (task === 'hold') setInterval(() => undefined, 1_000)
  if (task === 'write') await Promise.all(['default', (await storage.create()).id].flatMap(writers))

  function writers(id: string): Promise<void>[] {
    return Array.from({ length: 8 }, async (_, writer) => {
      const store = (await storage.sandbox(id))!
      const email = `${process.pid}-${writer}@example.com`
      const row = await store.transact((draft) => draft.insertUser({ ...SEED[0]!, email, age: 0 }))
      for (let age = 1; ; age += 1) {
        await store.transact((draft) => draft.updateUser(row.id, { age }))
        process.stdout.write(`${id} ${row.id} ${age}\n`)
      }
    })
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exit(1)
})
