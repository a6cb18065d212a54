import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { openViva } from '../compose.ts'
import { readConfig } from '../config/config.ts'
import { serveApp } from '../testing/serve-app.ts'

const WARN = 40

test('what the lab raises is a warning in the log of this server, with the name of the exception', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'viva-test-'))
  let log = ''
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log += chunk.toString()
      done()
    },
  })
  const viva = await openViva({
    config: readConfig({ DATA_DIR: folder }),
    logger: pino({ base: null }, stream),
    pages: (_ctx, next) => next(),
    development: false,
  })
  const { origin, close } = await serveApp(viva.app.callback())
  onTestFinished(async () => {
    await close()
    await viva.close()
    await rm(folder, { recursive: true })
  })

  const { status } = await fetch(`${origin}/lab/boom`)
  expect(status).toBe(500)
  const lines = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  expect(lines).toEqual([
    expect.objectContaining({ level: WARN, fault: 'ValueError', path: '/lab/boom', status: 500 }),
  ])
})
