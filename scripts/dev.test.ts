import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const copied = ['contract', 'content', 'deck', 'original', 'public', 'scripts', 'server', 'vite', 'web']
const files = ['index.html', 'package.json', 'tsconfig.json', 'vite.config.ts']

let copy: string
let address: string
let slug: string
let dev: ReturnType<typeof spawn>

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'viva-dev-'))
  for (const name of [...copied, ...files]) {
    const filter = (path: string): boolean => !/\.venv|__pycache__|\.\w+_cache/.test(path)
    await cp(join(root, name), join(copy, name), { recursive: true, filter })
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  slug = (await readdir(join(copy, 'deck/testing/second-deck'))).sort()[0] ?? ''
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    DATA_DIR: join(copy, 'data'),
    CONTENT_DIR: 'deck/testing/second-deck',
    LOG_LEVEL: 'silent',
  }
  dev = spawn(process.execPath, ['scripts/dev.mjs'], { cwd: copy, env, stdio: ['ignore', 'pipe', 'pipe'] })
  address = await new Promise((done, fail) => {
    let said = ''
    dev.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    dev.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = /Viva is at (http:\S+)/.exec(said)?.[1]
      if (found !== undefined) done(found)
    })
    dev.once('exit', () => fail(new Error(`npm run dev ended: ${said}`)))
  })
})

afterAll(async () => {
  dev.kill('SIGKILL')
  await rm(copy, { recursive: true, force: true })
})

test('one address serves the page, the API and the docs', async () => {
  const page = await fetch(`${address}/lessons/${slug}`, { headers: { Accept: 'text/html' } })
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('/@vite/client')
  expect(await text('/items')).toBe('["item1","item2"]')
  expect(await text('/docs')).toContain('swagger-ui-bundle.js')
  expect((await fetch(`${address}/docs-assets/redoc.standalone.js`)).status).toBe(200)
})

test('an edit of the server takes effect', async () => {
  const status = async () => (JSON.parse(await text('/healthz')) as { status: string }).status
  expect(await status()).toBe('alive')
  await edit('server/http/health.ts', "'alive'", "'edited'")
  await expect.poll(status).toBe('edited')
})

test('an edit of a lesson takes effect in its data and its page', async () => {
  const { question } = JSON.parse(await text(`/lessons/${slug}.json`)) as { question: string }
  await edit(`deck/testing/second-deck/${slug}/lesson.md`, question, 'Is an edited question shown?')
  const shown = async (): Promise<boolean> => {
    const page = await fetch(`${address}/lessons/${slug}`, { headers: { Accept: 'text/html' } })
    return (await page.text()).includes('Is an edited question shown?')
  }
  await expect.poll(() => text(`/lessons/${slug}.json`)).toContain('an edited question')
  await expect.poll(shown).toBe(true)
})

test('the data folder is not served', async () => {
  expect((await fetch(`${address}/data/jwt-secret`)).status).not.toBe(200)
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
