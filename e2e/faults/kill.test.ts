import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { long } from '../support/long.ts'
import { keepsPromise } from '../support/promises.ts'
import { testApp } from '../support/test-app.ts'
import { temporaryFiles, temporaryFolder, unreadable } from './folder.ts'
import { Ledger } from './ledger.ts'

const KILLS = long(3, 500)

/** Tokens end after half an hour. */
const FRESH = 100

keepsPromise(
  'An answer of 2xx survives kill -9',
  async (row) => {
    row.tried = `${KILLS} times SIGKILL after 100 to 600 ms, 16 writers over HTTP`
    const dataDir = await temporaryFolder()
    let app = await testApp({ dataDir, env: { RATE_LIMIT: '0' } })
    let ledger = new Ledger()
    await ledger.prepare(app)
    let acknowledged = 0
    let lost = 0
    for (let kill = 1; kill <= KILLS; kill += 1) {
      if (kill % FRESH === 0) {
        acknowledged += ledger.acknowledged
        ledger = new Ledger()
        await ledger.prepare(app)
      }
      let writing: Promise<void> | undefined
      await new Promise<void>((begun) => (writing = ledger.write(app, begun)))
      await sleep(100 + Math.random() * 500)
      await app.kill()
      await writing
      app = await testApp({ dataDir, env: { RATE_LIMIT: '0' } })
      const gone = await ledger.lost(app)
      lost += gone.length
      row.figure = `${lost} lost of ${acknowledged + ledger.acknowledged} acknowledged`
      expect(gone, `after kill ${kill}`).toEqual([])
    }
    await app.stop()
    const bad = await unreadable(dataDir)
    row.figure += `, ${bad.length} unreadable files`
    expect(bad).toEqual([])
    expect(await temporaryFiles(dataDir)).toEqual([])
    expect(acknowledged + ledger.acknowledged).toBeGreaterThan(KILLS * 16)
  },
  60_000 + KILLS * 10_000,
)
