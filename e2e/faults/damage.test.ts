import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { sandboxFile } from '../../server/storage/files/sandbox-files.ts'
import { newSandboxId } from '../../server/storage/storage.ts'
import { ask, newSandbox, usersOf } from '../support/api.ts'
import { guarantee, long } from '../support/guarantees.ts'
import { testApp } from '../support/test-app.ts'
import { temporaryFolder } from './folder.ts'

/** Only every n-th length and bit is tried. */
const STEP = long(50, 1)

guarantee(
  'A damaged file is detected, named, and kept as it is',
  async (row) => {
    const dataDir = await temporaryFolder()
    const first = await testApp({ dataDir })
    const good = await newSandbox(first)
    await first.stop()
    const fileOf = (id: string) => sandboxFile(join(dataDir, 'sandboxes'), id)
    const whole = await readFile(fileOf(good).file)

    const damaged = new Map<string, Buffer>()
    for (const bytes of damages(whole)) damaged.set(newSandboxId(), bytes)
    for (const [id, bytes] of damaged) {
      await mkdir(fileOf(id).folder, { recursive: true })
      await writeFile(fileOf(id).file, bytes)
    }
    row.tried =
      `${damaged.size} files: empty, NUL bytes, noise, BOM, null, wrong shapes, newer schema, ` +
      `${STEP === 1 ? 'cut at every length, every bit' : `cut at every ${STEP}th length, every ${STEP}th bit`} flipped`

    const app = await testApp({ dataDir, env: { RATE_LIMIT: '0' } })
    let seen = 0
    for (const [id, bytes] of damaged) {
      const answer = await ask(app, 'GET', '/users/', { sandbox: id })
      const text = await answer.text()
      if (answer.status === 503 && /^\{"detail":"[^"]+"\}$/.test(text) && !text.includes(dataDir)) seen += 1
      expect((await readFile(fileOf(id).file)).equals(bytes), 'bytes unchanged').toBe(true)
    }
    row.figure = `${seen} of ${damaged.size} seen, bytes unchanged, other sandboxes answered`
    expect(seen).toBe(damaged.size)
    expect(await usersOf(app, good)).toHaveLength(3)
    expect((await ask(app, 'GET', '/readyz')).status).toBe(200)
    for (const id of damaged.keys()) {
      expect(app.log).toContain(`${fileOf(id).file}: `)
      expect(app.log).toContain(`npm run doctor -- --restore ${id}`)
    }
  },
  long(120_000, 600_000),
)

function* damages(whole: Buffer): Generator<Buffer> {
  const text = whole.toString()
  yield Buffer.alloc(whole.length)
  yield Buffer.concat([whole, Buffer.alloc(512)])
  yield Buffer.concat([Buffer.from('\uFEFF'), whole])
  yield randomBytes(whole.length)
  for (const other of ['null', '[]', '{}', '""', '0', 'true', ' ', '{"schema":"1"}', '{"schema":null}']) {
    yield Buffer.from(other)
  }
  yield Buffer.from(text.replace('"schema":1', '"schema":2'))
  yield Buffer.from(text.replace('"schema":1', '"schema":1e99'))
  yield Buffer.from(text.replace('"revision":0', '"revision":-1'))
  yield Buffer.from(text.replace('Ada', 'Eve'))
  yield Buffer.from(`${text}\n`)
  yield Buffer.from(text + text)
  yield Buffer.from(JSON.stringify(JSON.parse(text), null, 2))
  for (let length = 0; length < whole.length; length += STEP) yield whole.subarray(0, length)
  for (let bit = 0; bit < whole.length * 8; bit += STEP) {
    const flipped = Buffer.from(whole)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    yield flipped
  }
}
