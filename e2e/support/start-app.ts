import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** Starts the built app on a free port with a data folder of its own, once for all journeys; its address is in `VIVA_URL`. */
export default async function startApp(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'viva-journeys-'))
  const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, LOG_LEVEL: 'warn' }
  const app = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.env.VIVA_URL = await addressOf(app)
  return async () => {
    const ended = new Promise((done) => app.once('exit', done))
    app.kill('SIGTERM')
    await ended
    await rm(dataDir, { recursive: true, force: true })
  }
}

function addressOf(app: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let said = ''
    app.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const address = /Viva is at (http:\S+)/.exec(said)?.[1]
      if (address !== undefined) done(address)
    })
    app.once('exit', (code) => fail(new Error(`the app ended with code ${code} before it listened`)))
  })
}
