import { expect } from 'vitest'
import { guarantee, long } from '../support/guarantees.ts'
import { testApp } from '../support/test-app.ts'
import { temporaryFiles, temporaryFolder, unreadable } from './folder.ts'
import { Ledger } from './ledger.ts'

const KILLS = long(3, 500)

/** Each kill happens after a different number of acknowledged writes. */
const MIN_WRITES = 16
const MAX_WRITES = 160

/** Tokens expire after half an hour. */
const KILLS_PER_TOKEN = 100

guarantee(
  'An answer of 2xx survives kill -9',
  async (row) => {
    row.tried = `${KILLS} times SIGKILL after ${MIN_WRITES} to ${MAX_WRITES} acknowledged writes, 16 writers over HTTP`
    const dataDir = await temporaryFolder()
    let app = await testApp({ dataDir, env: { RATE_LIMIT: '0' } })
    let ledger = new Ledger()
    await ledger.prepare(app)
    let acknowledged = 0
    let lost = 0
    for (let kill = 1; kill <= KILLS; kill += 1) {
      if (kill % KILLS_PER_TOKEN === 0) {
        acknowledged += ledger.acknowledged
        ledger = new Ledger()
        await ledger.prepare(app)
      }
      const count = MIN_WRITES + Math.floor(Math.random() * (MAX_WRITES - MIN_WRITES))
      await ledger.write(app, count, () => void app.kill())
      await app.ended
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
  },
  120_000 + KILLS * 60_000,
)
