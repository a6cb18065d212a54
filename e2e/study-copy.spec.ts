import type { Browser, Locator } from '@playwright/test'
import { hasPostgres } from '../server/storage/testing/make-database.ts'
import { Instances } from './support/instances.ts'
import { newVisitor } from './support/interview.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

function tab(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Practice' }).getByRole('link', { name })
}

/** Grades the next cards of the review with these keys. */
async function grade(page: Page, ...grades: string[]): Promise<void> {
  await page.locator('h1').focus()
  for (const key of grades) {
    const before = await page.locator('.today strong').innerText()
    await page.keyboard.press('Space')
    await expect(page.getByRole('group', { name: 'Answer' })).toBeFocused()
    await page.keyboard.press(key)
    if (key !== '1') await expect(page.locator('.today strong')).not.toHaveText(before)
  }
}

async function makeCopy(page: Page): Promise<string> {
  await tab(page, 'Progress').click()
  await page.getByRole('button', { name: 'Keep a copy on this server' }).click()
  await expect(page.getByText('Copied just now.')).toBeVisible()
  return page.getByText(/#copy=/).innerText()
}

/** The plan of the coming days and what is known, as the page says it. */
async function progress(page: Page): Promise<string> {
  const tables = page.locator('main table')
  await expect(tables.first()).toBeVisible()
  return (await tables.allInnerTexts()).join('\n')
}

/** Two devices study apart for a day and end with one schedule; then the copy is deleted. */
async function convergeApart(browser: Browser, origins: [string, string]): Promise<void> {
  const desk = await newVisitor(browser, origins[0])
  const phone = await newVisitor(browser, origins[1])
  for (const page of [desk, phone]) await page.clock.install()
  await open(desk, '/lessons/errors')
  await desk.getByRole('checkbox', { name: 'Raise HTTPException' }).check()
  // A lesson by itself records what it marks.
  await expect.poll(async () => countsOf(await stored(desk))).toEqual({ read: 1, ticked: 1 })
  await open(desk, '/review')
  await grade(desk, '3')
  const link = new URL(await makeCopy(desk))
  await open(phone, link.pathname + link.hash)
  await expect(phone.getByRole('dialog')).toContainText('Study here with that copy?')
  expect(phone.url()).toBe(`${origins[1]}/progress`)
  await phone.getByRole('button', { name: 'Study with this copy' }).click()
  await expect(phone.getByText('Copied just now.')).toBeVisible()
  for (const page of [desk, phone]) {
    await tab(page, 'Review').click()
    await expect(page.locator('.today strong')).toHaveText(/^14 new/)
    await page.context().setOffline(true)
  }

  await grade(desk, '3', '4')
  for (const page of [desk, phone]) await page.clock.fastForward('24:00:00')
  // A new day has begun, and the page sees it by itself.
  await expect(phone.locator('.today strong')).toHaveText(/^15 new/)
  await grade(phone, '3', '2', '3')
  await phone.keyboard.press('u')
  await phone.context().setOffline(false)
  await desk.context().setOffline(false)

  for (const page of [desk, phone]) {
    await tab(page, 'Progress').click()
    await expect(page.getByText(/^✓ Copied/)).toBeVisible()
  }
  await expect(async () => {
    await desk.getByRole('button', { name: 'Copy now' }).click()
    await phone.getByRole('button', { name: 'Copy now' }).click()
    expect(await stored(desk)).toEqual(await stored(phone))
  }).toPass()
  const events = await stored(phone)
  // Five grades, the removal of one more, a lesson with a tick, and none of it twice.
  expect(countsOf(events)).toEqual({ read: 1, ticked: 1, review: 5, removed: 1 })
  await expect(async () => expect(await progress(desk)).toBe(await progress(phone))).toPass()

  await desk.getByRole('button', { name: 'Delete the copy …' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: 'Delete the copy' }).click()
  await expect(desk.getByText('The copy is deleted. What you studied is still here.')).toBeVisible()
  await phone.reload()
  await expect(phone.getByText(/^This copy is gone/)).toBeVisible()
  expect(await stored(phone)).toEqual(events)
  await open(phone, '/lessons/errors')
  await expect(phone.getByRole('checkbox', { name: 'Raise HTTPException' })).toBeChecked()
}

interface Stored {
  id: string
  kind: string
}

/** The events that the browser has stored, by id. To open a database that isn't there would create an empty one. */
function stored(page: Page): Promise<Stored[]> {
  return page.evaluate(async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'viva-study')) return []
    const database = await new Promise<IDBDatabase>((done) => {
      const request = indexedDB.open('viva-study')
      request.onsuccess = () => done(request.result)
    })
    const events = await new Promise<Stored[]>((done) => {
      const request = database.transaction('events').objectStore('events').getAll()
      request.onsuccess = () => done(request.result as Stored[])
    })
    database.close()
    return events
  })
}

function countsOf(events: readonly Stored[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of events) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

test('two devices that study apart for a day have one schedule afterwards, until the copy is deleted', async ({
  browser,
  baseURL,
}) => {
  await convergeApart(browser, [baseURL!, baseURL!])
})

test('the same through two instances on PostgreSQL', async ({ browser }) => {
  test.skip(!(await hasPostgres('a study copy in browsers on two instances')), 'no PostgreSQL here')
  const instances = await Instances.two()
  try {
    await convergeApart(browser, [instances.origin, instances.origin])
  } finally {
    await instances.close()
  }
})

test('a copy that is only looked at stores nothing here; deleting everything asks about the copy', async ({
  browser,
  baseURL,
}) => {
  const owner = await newVisitor(browser, baseURL!)
  await open(owner, '/review')
  await grade(owner, '3', '3')
  const link = new URL(await makeCopy(owner))
  const other = await newVisitor(browser, baseURL!)
  await open(other, '/review')
  await grade(other, '4')
  await open(other, link.pathname + link.hash)
  await expect(other.getByRole('dialog')).toContainText('Add what you studied here to that copy?')
  await other.getByRole('button', { name: 'Only look' }).click()
  await expect(other.getByText('You are looking at a copy of a study log.')).toBeVisible()
  const owned = await progress(owner)
  await expect.poll(() => progress(other)).toBe(owned)
  await tab(other, 'Review').click()
  await grade(other, '3')
  await other.getByRole('button', { name: 'Stop looking' }).click()
  await expect(other.locator('.today strong')).toHaveText(/^14 new/)
  expect(countsOf(await stored(other))).toEqual({ review: 1 })

  await owner.getByRole('button', { name: 'Delete my study data …' }).click()
  const dialog = owner.getByRole('dialog')
  await dialog.getByLabel(/Delete the copy on this server, too/).check()
  await dialog.getByRole('button', { name: 'Delete everything' }).click()
  await expect(owner.getByText('Your study data is deleted.')).toBeVisible()
  await expect(owner.getByRole('button', { name: 'Keep a copy on this server' })).toBeVisible()
  // Someone who keeps a copy, and opens the link of one that is gone, still has their own.
  const own = await makeCopy(other)
  await open(other, link.pathname + link.hash)
  await other.getByRole('button', { name: 'Add and keep both the same' }).click()
  await expect(other.getByRole('alert').filter({ hasText: 'There is no such copy' })).toBeVisible()
  await other.getByRole('button', { name: 'Cancel' }).click()
  await expect(other.getByText(own)).toBeVisible()
})
