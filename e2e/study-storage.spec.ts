import { readFile } from 'node:fs/promises'
import { browserBundle } from './support/browser-bundle.ts'
import type * as storedLogs from './support/stored-log.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

/** In the page: what the bundle left there. */
declare const storedLog: typeof storedLogs

test('a packed log is read as one that isn’t, whatever pages of this and of earlier versions do to it', async ({
  page,
}) => {
  await open(page, '/about')
  await page.evaluate(await browserBundle('e2e/support/stored-log.ts', 'storedLog'))
  await page.evaluate(async () => storedLog.checkStoredLog(25))
})

test('a long log of an earlier version is packed by the first page, and nothing of it changes for other tabs and exports', async ({
  page,
}) => {
  await open(page, '/about')
  await page.evaluate(await browserBundle('e2e/support/stored-log.ts', 'storedLog'))
  const ids = await page.evaluate(async () => storedLog.storeGrades(300))
  await open(page, '/progress')
  await expect.poll(() => packedIds(page)).toEqual(ids)
  await open(page, '/review')
  const other = await page.context().newPage()
  await open(other, '/review')
  const left = other.locator('.today strong')
  const before = await left.innerText()
  await other.locator('h1').focus()
  await other.keyboard.press('Space')
  await other.getByRole('group', { name: 'How did it go?' }).waitFor()
  await other.keyboard.press('4')
  await expect(left).not.toHaveText(before)
  await expect(page.locator('.today strong')).toHaveText(await left.innerText())
  await other.keyboard.press('u')
  await expect(page.locator('.today strong')).toHaveText(before)

  await open(page, '/progress')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  const { events } = JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as {
    events: { id: string; kind: string }[]
  }
  expect(events.filter(({ kind }) => kind === 'review').map(({ id }) => id)).toEqual(ids)
  expect(events.map(({ kind }) => kind).filter((kind) => kind !== 'review')).toEqual(['removed'])
  await page.getByRole('button', { name: 'Delete my study data' }).click()
  await page.getByRole('button', { name: 'Delete everything' }).click()
  await expect(page.getByText('Your study data is deleted.')).toBeVisible()
  expect(await packedIds(page)).toEqual([])
})

test('what was graded just before a page is left is there on the next one, undone or not', async ({
  page,
}) => {
  const reviewed = page.locator('.today strong')
  const grade = async (): Promise<void> => {
    const left = await reviewed.innerText()
    await page.locator('h1').focus()
    await page.keyboard.press('Space')
    await page.getByRole('group', { name: 'How did it go?' }).waitFor()
    await page.keyboard.press('3')
    await expect(reviewed).not.toHaveText(left)
  }
  await open(page, '/review')
  // As when a page is left before the browser has ended the transaction. It lasts until the next page.
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = function (this: IDBObjectStore): never {
      this.transaction.abort()
      throw new Error('the page is being left')
    }
  })
  await grade()
  await grade()
  const two = await reviewed.innerText()
  await grade()
  await page.keyboard.press('u')
  await expect(reviewed).toHaveText(two)
  await open(page, '/progress')
  await expect(page.getByRole('img', { name: /2 answers on 1 day/ })).toBeVisible()
  await expect.poll(() => noted(page)).toBe(0)
  await open(page, '/review')
  await expect(reviewed).toHaveText(two)
})

/** How many events wait for the database. */
function noted(page: Page): Promise<number> {
  return page.evaluate(
    () => Object.keys(localStorage).filter((key) => key.startsWith('viva:study-unsaved:')).length,
  )
}

/** The ids of the events in the pack, in order; none if there is no pack. */
function packedIds(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const opening = indexedDB.open('viva-study')
    await new Promise((done) => (opening.onsuccess = done))
    const database = opening.result
    const reading = database.transaction('events').objectStore('events').get('packed')
    await new Promise((done) => (reading.onsuccess = done))
    database.close()
    const packed = reading.result as { text: string } | undefined
    return (JSON.parse(packed?.text ?? '[]') as { id: string }[]).map(({ id }) => id)
  })
}
