import { spawn } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { browserArguments, findBrowser } from './browser.mjs'

/** `npm run screenshot`: `docs/lesson.png`, a lesson of the built app after a run. */
const root = resolve(import.meta.dirname, '..')
const file = join(root, 'docs/lesson.png')
const MAX_BYTES = 200_000

const dataDir = await mkdtemp(join(tmpdir(), 'viva-screenshot-'))
const app = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
  env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const ended = new Promise((done) => app.once('exit', done))
try {
  await photograph(await address())
  const { size } = await stat(file)
  console.log(`docs/lesson.png, ${Math.round(size / 1000)} kB`)
  if (size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES / 1000} kB`)
} catch (error) {
  console.error(`The screenshot failed: ${error.message}`)
  process.exitCode = 1
} finally {
  app.kill('SIGTERM')
  await ended
  await rm(dataDir, { recursive: true, force: true })
}

function address() {
  return new Promise((done, fail) => {
    let output = ''
    app.stdout.on('data', (chunk) => {
      output += chunk
      const [, found] = /Viva is at (http:\S+)/.exec(output) ?? []
      if (found) done(found)
    })
    ended.then((code) => fail(new Error(`the app exited with code ${code} before it was listening`)))
  })
}

async function photograph(origin) {
  const executablePath = await findBrowser()
  if (!executablePath)
    throw new Error('Chromium is not installed and could not be downloaded; set CHROMIUM to its path')
  const browser = await chromium.launch({ executablePath, args: browserArguments })
  try {
    const page = await browser.newPage({
      viewport: { width: 1366, height: 768 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
    })
    await page.goto(`${origin}/lessons/router-post`)
    await page.getByRole('button', { name: /^Run step 1:/ }).click()
    await page.getByText(/^(\d+) of \1 claims confirmed$/).waitFor()
    await page.getByRole('tab', { name: 'Inside' }).click()
    await page.getByRole('button', { name: 'create_user' }).click()
    await page.getByRole('button', { name: 'Got it' }).click()
    await page.locator('.is-lit').first().waitFor()
    await page.screenshot({ path: file })
  } finally {
    await browser.close()
  }
}
