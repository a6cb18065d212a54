import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openFiles } from './open-files.ts'
import { buildChild, Child } from '../testing/child-process.ts'
import { SEED } from '../testing/seed.ts'
import { temporaryFolder } from '../testing/temporary.ts'

beforeAll(buildChild)

const KILLS = Number(process.env['KILLS'] ?? 10)

/** The last count that each writer was told is stored: `<sandbox> <user id>` and the count. */
function acknowledged(out: string): Map<string, number> {
  // The last line may be cut.
  const lines = out.slice(0, out.lastIndexOf('\n')).split('\n').slice(2)
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ')[2])]))
}

test(
  `after kill -9 everything acknowledged is still there, ${KILLS} times`,
  async () => {
    const dataDir = await temporaryFolder()
    let told = 0
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = new Child(dataDir, 'write')
      await child.open()
      expect(child.error).toBe('')
      // Anywhere in the work: each kill after another number of acknowledged writes, and so at another moment of the next ones.
      await child.printed(32 + Math.floor(Math.random() * 200))
      await child.kill()

      const storage = await openFiles({ dataDir, seed: SEED })
      for (const [writer, count] of acknowledged(child.out)) {
        const [id = '', userId] = writer.split(' ')
        const { users } = await (await storage.sandbox(id))!.read()
        const stored = users.find((user) => user.id === Number(userId))
        expect(stored?.age, `${writer} after kill ${kill + 1}`).toBeGreaterThanOrEqual(count)
        told += count
      }
      // A full sandbox would stop the writers.
      await (await storage.sandbox('default'))!.reset()
      await storage.close()
      const left = await readdir(join(dataDir, 'sandboxes'), { recursive: true })
      expect(left.filter((file) => file.endsWith('.tmp'))).toEqual([])
    }
    expect(told).toBeGreaterThan(KILLS * 16)
  },
  120_000 + KILLS * 30_000,
)
