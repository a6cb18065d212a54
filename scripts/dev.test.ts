import { execFile, spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify, stripVTControlCharacters } from 'node:util'
import { chromium } from '@playwright/test'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { browserArguments, installedBrowser } from './browser.mjs'

const root = resolve(import.meta.dirname, '..')
const copied = ['contract', 'content', 'deck', 'original', 'public', 'scripts', 'server', 'vite', 'web']
const files = ['index.html', 'package.json', 'tsconfig.json', 'vite.config.ts']

let copy: string
let address: string
let deck: string
let slug: string
/** Everything that was printed so far. */
let printed = ''
let dev: ReturnType<typeof spawn>

beforeAll(async () => {
  // Whatever a folder may be called that Vite can serve.
  copy = await mkdtemp(join(tmpdir(), "viva 100% dev's ü [1] "))
  for (const name of [...copied, ...files]) {
    const filter = (path: string): boolean => !/\.venv|__pycache__|\.\w+_cache/.test(path)
    await cp(join(root, name), join(copy, name), { recursive: true, filter })
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  // A deck may lie below a folder with a name that is left out elsewhere.
  deck = join('decks', 'data', 'dist', 'mine')
  await cp(join(copy, 'deck/testing/second-deck'), join(copy, deck), { recursive: true })
  slug = (await readdir(join(copy, deck))).sort()[0] ?? ''
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    DATA_DIR: join(copy, 'data'),
    CONTENT_DIR: deck,
    LOG_LEVEL: 'silent',
  }
  dev = spawn(process.execPath, ['scripts/dev.mjs'], { cwd: copy, env, stdio: ['ignore', 'pipe', 'pipe'] })
  address = await new Promise((done, fail) => {
    dev.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    dev.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const found = /Viva is at (http:\S+)/.exec(printed)?.[1]
      if (found !== undefined) done(found)
    })
    dev.once('exit', () => fail(new Error(`npm run dev ended: ${printed}`)))
  })
})

afterAll(async () => {
  dev.kill('SIGKILL')
  await rm(copy, { recursive: true, force: true })
})

test('one address serves the page, the API and the docs', async () => {
  const page = await fetch(`${address}/lessons/${slug.slice(3)}`, { headers: { Accept: 'text/html' } })
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('/@vite/client')
  expect(await text('/items')).toBe('["item1","item2"]')
  expect(await text('/docs')).toContain('swagger-ui-bundle.js')
  expect((await fetch(`${address}/docs-assets/redoc.standalone.js`)).status).toBe(200)
})

test('a page needs no browser, and a path without one stays a 404 of the API', async () => {
  expect(await text('/')).toContain('<div id="app"><')
  expect(await text(`/lessons/${slug.slice(3)}`)).toContain('/@vite/client')
  const missing = await fetch(`${address}/no-such-page`)
  expect([missing.status, await missing.json()]).toEqual([404, { detail: 'Not Found' }])
})

test('a lesson is read in a browser without a warning in its console', async ({ skip }) => {
  const executablePath = (await installedBrowser()) ?? skip('there is no Chromium')
  const browser = await chromium.launch({ executablePath, args: browserArguments })
  const page = await browser.newPage()
  const runAll = page.getByRole('button', { name: 'Run all' })
  // At first Vite finds out what to bundle, and may reload the page meanwhile.
  await page.goto(`${address}/lessons/${slug.slice(3)}`, { timeout: 0 })
  await runAll.waitFor({ timeout: 0 })
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.reload({ timeout: 0 })
  await runAll.waitFor({ timeout: 0 })
  await browser.close()
  expect(complaints).toEqual([])
})

test('the worker of FastAPI in the tab may do no more than in the built app', async () => {
  const script = `${address}/web/original/engine/worker.ts?worker_file&type=module`
  const policy = (await fetch(script)).headers.get('content-security-policy') ?? ''
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
  expect(policy).toContain(`connect-src ${new URL(address).host}/py/;`)
})

test('an edit of the server takes effect', async () => {
  const status = async () => (JSON.parse(await text('/healthz')) as { status: string }).status
  expect(await status()).toBe('alive')
  await edit('server/http/health.ts', "'alive'", "'edited'")
  await expect.poll(status).toBe('edited')
})

test('an edit of a lesson takes effect in its data and its page', async () => {
  const { question } = JSON.parse(await text(`/lessons/${slug.slice(3)}.json`)) as { question: string }
  await edit(`${deck}/${slug}/lesson.md`, question, 'Is an edited question shown?')
  const shown = async (): Promise<boolean> => {
    const page = await fetch(`${address}/lessons/${slug.slice(3)}`, { headers: { Accept: 'text/html' } })
    return (await page.text()).includes('Is an edited question shown?')
  }
  await expect.poll(() => text(`/lessons/${slug.slice(3)}.json`)).toContain('an edited question')
  await expect.poll(shown).toBe(true)
})

test('the claims of a lesson are tried when it is saved', async () => {
  const steps = `${deck}/${slug}/steps.yaml`
  await edit(steps, 'status: 200', 'status: 201')
  await expect
    .poll(() => printed, { timeout: 60_000 })
    .toMatch(
      /01-safe-methods\/steps\.yaml:\d+: step "read", claim "three-rows" is false: status: expected 201, got 200/,
    )
  await edit(steps, 'status: 201', 'status: 200')
  await expect.poll(() => printed, { timeout: 60_000 }).toContain(`${slug}, of 3 lessons`)
  expect(printed).toContain('every claim holds')
})

test('results stay while a lesson is edited, until their claims change; a false one is shown on the page', async ({
  skip,
}) => {
  const executablePath = (await installedBrowser()) ?? skip('there is no Chromium')
  const browser = await chromium.launch({ executablePath, args: browserArguments })
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  const notice = page.getByRole('status').filter({ hasText: `${slug}: to correct` })
  const step = page.getByRole('list', { name: 'Steps' }).getByRole('button').first()
  await page.goto(`${address}/lessons/${slug.slice(3)}`, { timeout: 0 })
  await page.getByRole('button', { name: 'Run all' }).click({ timeout: 0 })
  await step.filter({ hasText: '✓' }).waitFor({ timeout: 0 })
  await edit(`${deck}/${slug}/lesson.md`, 'question: ', 'question: Once more, ')
  await page.getByRole('heading', { name: /^Once more, / }).waitFor({ timeout: 0 })
  await step.filter({ hasText: '✓' }).waitFor({ timeout: 0 })

  const steps = `${deck}/${slug}/steps.yaml`
  await edit(steps, 'status: 200', 'status: 201')
  await step.filter({ hasText: 'not run' }).waitFor({ timeout: 0 })
  await notice.waitFor({ timeout: 0 })
  expect(await notice.textContent()).toContain('claim "three-rows" is false: status: expected 201, got 200')
  await page.reload({ timeout: 0 })
  await notice.waitFor({ timeout: 0 })
  await edit(steps, 'status: 201', 'status: 200')
  await notice.waitFor({ state: 'detached', timeout: 0 })
})

test('a page that shows a fault of the deck can reload itself, and is whole again after the fault was corrected', async () => {
  const page = () => fetch(`${address}/lessons/${slug.slice(3)}`, { headers: { Accept: 'text/html' } })
  await edit(`${deck}/${slug}/lesson.md`, 'level: ', 'levl: ')
  await expect.poll(async () => (await page()).status).toBe(500)
  const fault = await (await page()).text()
  expect(fault).toContain('lesson.md:4: no such key "levl" (did you mean "level"?)')
  expect(fault).toContain('/@vite/client')
  expect(fault).not.toContain('at loadDeck')
  await edit(`${deck}/${slug}/lesson.md`, 'levl: ', 'level: ')
  await expect.poll(async () => (await page()).status).toBe(200)
})

test('a syntax error is shown without the colours of a terminal, and heals', async () => {
  await edit('server/http/health.ts', "status: 'edited'", "status: ('edited'")
  await expect.poll(() => text('/healthz')).toContain('health.ts')
  const shown = await text('/healthz')
  expect(stripVTControlCharacters(shown)).toBe(shown)
  const file = join(copy, 'server/http/health.ts')
  const mended = (await readFile(file, 'utf8')).replace("status: ('edited'", "status: 'edited'")
  const savedAgain = async (): Promise<string> => {
    // The watcher overlooks a file that is saved twice at once.
    await writeFile(file, mended)
    return text('/healthz')
  }
  await expect.poll(savedAgain).toContain('"status":"edited"')
})

test('the data folder is not served', async () => {
  expect((await fetch(`${address}/data/jwt-secret`)).status).not.toBe(200)
})

test.each(['a#1', 'what?'])('in a folder named %s it says why it does not start', async (name) => {
  const folder = join(await mkdtemp(join(tmpdir(), 'viva-dev-')), name)
  onTestFinished(() => rm(dirname(folder), { recursive: true, force: true }))
  await cp(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const started = promisify(execFile)(process.execPath, ['scripts/dev.mjs'], { cwd: folder })
  await expect(started).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^Viva can't start: .* contains # or \?, which Vite can't serve\..*\n$/,
    ) as string,
  })
})

async function text(path: string): Promise<string> {
  return (await fetch(address + path)).text()
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const path = join(copy, file)
  const source = await readFile(path, 'utf8')
  expect(source).toContain(from)
  await writeFile(path, source.replace(from, to))
}
