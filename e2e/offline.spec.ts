import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Deploys } from './support/deploys.ts'
import { open, waitInPage } from './support/page.ts'
import { expect, test as base, type Page } from './support/test.ts'

/** Each journey has a server of its own, which it may end and replace. */
const test = base.extend<{ deploys: Deploys }>({
  // Playwright reads the fixtures from the destructured argument.
  // eslint-disable-next-line no-empty-pattern
  deploys: async ({}, use) => {
    const deploys = await Deploys.start()
    await use(deploys)
    await deploys.close()
  },
  baseURL: async ({ deploys }, use) => use(deploys.origin),
})
test.use({ serviceWorkers: 'allow' })

/** Opens a page and waits until the browser has kept everything. */
async function firstVisit(page: Page, path = '/'): Promise<void> {
  await open(page, path)
  await waitInPage(page, () => navigator.serviceWorker.controller?.state === 'activated')
}

/** The addresses in each of the browser's caches, by the cache's name. */
function kept(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(async () => {
    const names = await caches.keys()
    const lists = names.map(async (name) => {
      const requests = await (await caches.open(name)).keys()
      return [name, requests.map(({ url }) => new URL(url).pathname)] as const
    })
    return Object.fromEntries(await Promise.all(lists))
  })
}

function buildOf(page: Page): Promise<string | null> {
  return page.locator('html').getAttribute('data-build')
}

test('after one visit, lessons, practice and review work without a network, and the rest comes back with it @firefox', async ({
  page,
  context,
  deploys,
}) => {
  const byWorker: string[] = []
  context.on('request', (request) => {
    if (request.serviceWorker() !== null) byWorker.push(new URL(request.url()).pathname)
  })
  await firstVisit(page)
  await context.setOffline(true)
  await deploys.stop()

  await page.reload()
  await expect(page.getByRole('link', { name: 'Errors and status codes' })).toBeVisible()
  await expect(page.getByText('You’re offline. You can go on reading and practising')).toBeVisible()
  // A lesson that was never opened: by its address, with its data, its chunks and its styles.
  await open(page, '/lessons/06-authentication/?from=mail')
  await expect(page).toHaveURL('/lessons/authentication?from=mail')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/authentication/)
  await page.getByRole('button', { name: /^Run step 1/ }).click()
  await expect(page.getByText('You’re offline, and this needs the server.').first()).toBeVisible()
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(/authentication/)
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('middleware')
  await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Escape')

  await open(page, '/review')
  await expect(page.locator('#card-task')).toHaveText('Say the answer aloud')
  await page.getByRole('button', { name: 'Show the answer' }).click()
  await page.getByRole('button', { name: /Good/ }).click()
  await expect(page.locator('.today strong')).toHaveText(/^14 new/)
  await open(page, '/practice?question=12-errors')
  await page.getByLabel('Your answer').pressSequentially('Raise it.')
  await page.getByRole('button', { name: 'Show the answer' }).click()
  await page.getByRole('radio').nth(3).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: /^Saved/ })).toBeFocused()
  await open(page, '/progress')
  await expect(page.getByText('Raise it.').or(page.getByText('3 solid')).first()).toBeVisible()

  await deploys.serve()
  await context.setOffline(false)
  await expect(page.getByText('You’re offline.')).toHaveCount(0)
  await open(page, '/lessons/errors')
  await page.getByRole('button', { name: /^Run step 1/ }).click()
  await expect(page.getByText('2 of 2 claims confirmed', { exact: true })).toBeVisible()

  // Only what the build consists of was ever kept, or asked for by the worker.
  const lists = Object.values(await kept(page))
  expect(lists).toHaveLength(1)
  const servers =
    /^\/(api|users|login|items|lab|openapi\.json|docs|docs-assets|redoc|healthz|readyz|metrics|interview.*|join|room)(\/|$)/
  expect(lists[0]).toContain('/lessons/authentication')
  expect(lists[0]?.filter((path) => servers.test(path))).toEqual([])
  expect(byWorker.filter((path) => servers.test(path))).toEqual([])
  expect(lists[0]?.filter((path) => /\/(interview|Host|Candidate)[^/]*$/i.test(path))).toEqual([])
})

test('an open page goes on after an update, says that there is one, and leaves nothing behind @firefox', async ({
  page,
  deploys,
}) => {
  const next = await deploys.nextBuild()
  await firstVisit(page, '/lessons/errors')
  const before = await buildOf(page)
  const notice = page.getByText('A new version of Viva is ready.')
  await deploys.serve({ build: next })
  await page.getByRole('button', { name: /^Run step 1/ }).click()
  await expect(notice).toBeVisible()
  await expect.poll(async () => Object.keys(await kept(page))).toHaveLength(2)
  await expect
    .poll(async () => Math.min(...Object.values(await kept(page)).map((list) => list.length)))
    .toBeGreaterThan(100)
  const isInstalled = () =>
    page.evaluate(async () => {
      const { installing, waiting } = (await navigator.serviceWorker.getRegistration()) ?? {}
      return installing === null && waiting === null
    })
  await expect.poll(isInstalled).toBe(true)

  // A second page is of the new build; what the first one uses is kept all the same.
  const second = await page.context().newPage()
  await open(second, '/review')
  expect(await buildOf(second)).not.toBe(before)
  await second.evaluate(() => navigator.serviceWorker.controller?.postMessage('hello'))
  await expect(second.locator('#card-task')).toBeVisible()
  await second.close()

  // The server has no such chunk any more.
  await page.getByRole('link', { name: 'Glossary' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glossary')
  await page.getByRole('link', { name: 'Practice' }).first().click()
  await page.getByRole('button', { name: 'Start with your weakest' }).click()
  await expect(page.getByLabel('Your answer')).toBeVisible()
  expect(await buildOf(page)).toBe(before)

  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('html')).not.toHaveAttribute('data-build', before ?? '')
  await expect(notice).toHaveCount(0)
  await expect.poll(async () => Object.keys(await kept(page))).toEqual([`viva:build:${await buildOf(page)}`])
})

for (const [how, change] of [
  ['is switched off', async (deploys: Deploys) => deploys.serve({ env: { OFFLINE: 'off' } })],
  [
    'is no longer on the server',
    async (deploys: Deploys) => {
      const build = await deploys.nextBuild()
      await rm(join(build, 'client/sw.js'))
      await deploys.serve({ build })
    },
  ],
] as const) {
  test(`a worker that ${how} removes itself and all that it kept`, async ({ page, deploys }) => {
    await firstVisit(page)
    await change(deploys)
    await open(page, '/review')
    await expect
      .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length))
      .toBe(0)
    await expect.poll(() => kept(page)).toEqual({})
    await open(page, '/lessons/errors')
    await page.getByRole('button', { name: /^Run step 1/ }).click()
    await expect(page.getByText('2 of 2 claims confirmed', { exact: true })).toBeVisible()
  })
}

test('a page asks the browser to keep what was studied, once there is something, and once a session', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const storage = Object.getPrototypeOf(navigator.storage) as StorageManager
    storage.persisted = async () => false
    storage.persist = async () => {
      sessionStorage.setItem('asked', `${sessionStorage.getItem('asked') ?? ''}x`)
      return false
    }
  })
  const asked = (): Promise<string | null> => page.evaluate(() => sessionStorage.getItem('asked'))
  const card = page.locator('#card-task')
  const grade = async (left: number): Promise<void> => {
    await page.getByRole('button', { name: 'Show the answer' }).click()
    await page.getByRole('button', { name: /Good/ }).click()
    await expect(page.locator('.today strong')).toHaveText(new RegExp(`^${left} new`))
  }
  await open(page, '/review')
  await expect(card).toBeVisible()
  expect(await asked()).toBeNull()
  await grade(14)
  await expect.poll(asked).toBe('x')
  await grade(13)
  await page.reload()
  await grade(12)
  await open(page, '/progress')
  await expect(page.getByText(/may delete your data when space is short/)).toBeVisible()
  expect(await asked()).toBe('x')
  await page.getByRole('button', { name: 'Ask this browser to keep it' }).click()
  await expect(page.getByText('This browser refused.')).toBeVisible()
  expect(await asked()).toBe('xx')
})

test.describe('on plain HTTP', () => {
  test.use({ baseURL: async ({ deploys }, use) => use(deploys.origin.replace('localhost', 'viva.lan')) })

  test('there is no worker, and everything else works', async ({ page }) => {
    await open(page, '/lessons/errors')
    expect(await page.evaluate(() => 'serviceWorker' in navigator)).toBe(false)
    await page.getByRole('button', { name: /^Run step 1/ }).click()
    await expect(page.getByText('2 of 2 claims confirmed', { exact: true })).toBeVisible()
    await open(page, '/progress')
    await expect(page.getByText('browsers install only what comes over HTTPS')).toBeVisible()
  })
})

test.describe('without a worker', () => {
  test.use({ serviceWorkers: 'block' })

  test('an open page opens what an update replaced as a whole page of the new build', async ({
    page,
    deploys,
  }) => {
    await open(page, '/')
    const before = await buildOf(page)
    const loaded = page.waitForResponse(/after-load/)
    await page.reload()
    await loaded
    await deploys.serve({ build: await deploys.nextBuild() })
    await page.getByRole('link', { name: 'Errors and status codes' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/error/i)
    await expect(page.locator('html')).not.toHaveAttribute('data-build', before ?? '')
  })
})
