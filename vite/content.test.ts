import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createServer, type ViteDevServer } from 'vite'
import type { LessonPage } from '#contract/page.ts'
import type { PracticeSet } from '#contract/practice.ts'
import { content } from './content.ts'

let folder = ''
let close: () => Promise<void>
let get: (path: string) => Promise<Response>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await cp('deck/testing/second-deck', folder, { recursive: true })
  const vite: ViteDevServer = await createServer({
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false },
    plugins: [content(folder)],
  })
  const server = createHttpServer((request, response) => {
    vite.middlewares(request, response, () => response.writeHead(404).end())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  get = (path) => fetch(`http://127.0.0.1:${port}${path}`)
  close = async () => {
    server.close()
    await vite.close()
  }
})
afterAll(async () => {
  await close()
  await rm(folder, { recursive: true })
})

test.each([
  'lessons/safe-methods',
  'code',
  'interview-questions',
  'interview-offers',
  'study',
  'practice',
  'search',
])('in development, /%s.json is served from the deck', async (name) => {
  const response = await get(`/${name}.json`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  await response.json()
})

test('those who prepare an interview get of a bug what its sheet shows; the server has its files and steps', async () => {
  const read = async (name: string) => (await (await get(`/${name}.json`)).json()) as { bugs: object[] }[]
  const [questions, offers] = [await read('interview-questions'), await read('interview-offers')]
  const bugs = (of: { bugs: object[] }[]) => of.flatMap((question) => question.bugs)
  expect(bugs(questions)[0]).toMatchObject({ files: expect.anything(), steps: expect.anything() })
  const shown = ['ask', 'hints', 'id', 'lesson', 'nearMisses', 'solution', 'title', 'why']
  expect(bugs(offers).map((bug) => Object.keys(bug).sort())).toEqual(bugs(questions).map(() => shown))
  expect(offers.map((offer) => ({ ...offer, bugs: [] }))).toEqual(
    questions.map((question) => ({ ...question, bugs: [] })),
  )
})

test('in development, a picture of a lesson is served', async () => {
  const lesson = join(folder, '03-media-types')
  await writeFile(join(lesson, 'plan.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  const text = await readFile(join(lesson, 'lesson.md'), 'utf8')
  await writeFile(join(lesson, 'lesson.md'), text.replace('## Today\n', '## Today\n\n![A plan](plan.svg)\n'))
  const page = async () => (await (await get('/lessons/media-types.json')).json()) as LessonPage
  await expect.poll(async () => (await page()).html.today).toContain('<img src="/assets/pictures/')
  const source = /<img src="([^"]+)"/.exec((await page()).html.today ?? '')?.[1] ?? ''
  const picture = await get(source)
  expect(picture.headers.get('content-type')).toBe('image/svg+xml')
  expect(picture.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await picture.text()).toContain('<svg')
  expect((await get('/assets/pictures/0000000000000000.svg')).status).toBe(404)
})

test('a deck shows its tasks, quizzes and bugs, and after their files are gone an empty list', async () => {
  const practice = async () => (await (await get('/practice.json')).json()) as PracticeSet[]
  expect((await practice()).map(({ slug }) => slug)).toEqual(['idempotence'])
  for (const name of ['bugs.yaml', 'practice', 'practice.keys.json', 'practice.yaml'])
    await rm(join(folder, '02-idempotence', name), { recursive: true })
  await expect.poll(practice).toEqual([])
})
