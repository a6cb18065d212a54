import { execFileSync } from 'node:child_process'
import { hasPdfText } from '../scripts/pdf-text.mjs'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

const POINTS_PER_MM = 72 / 25.4
/** What printers can't reach. */
const MIN_MARGIN_MM = 6
const MIN_TEXT_PT = 7.5

interface Sheet {
  text: string
  /** Words outside the printable part of the sheet. */
  cut: string[]
}

/** Each printed sheet. */
async function printedSheets(page: Page, format: 'A4' | 'Letter'): Promise<Sheet[]> {
  const pdf = await page.pdf({ format, preferCSSPageSize: false })
  const xml = execFileSync('pdftotext', ['-raw', '-bbox', '-', '-'], {
    input: pdf,
    maxBuffer: 64e6,
  }).toString()
  return xml
    .split(/<page /)
    .slice(1)
    .map((sheet) => {
      const [, width, height] = (/width="([\d.]+)" height="([\d.]+)"/.exec(sheet) ?? []).map(Number)
      const edge = MIN_MARGIN_MM * POINTS_PER_MM
      const words = [...sheet.matchAll(/xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</g)]
      const cut = words.filter(([, left, top, right, bottom]) => {
        const beyond = Number(right) > (width ?? 0) - edge || Number(bottom) > (height ?? 0) - edge
        return beyond || Number(left) < edge || Number(top) < edge
      })
      return { text: words.map(([, , , , , word]) => word).join(' '), cut: cut.map((word) => word[5] ?? '') }
    })
}

/** The size of the smallest text on paper, in points. */
function smallestText(page: Page): Promise<number> {
  return page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const sizes: number[] = []
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement
      if (texts.currentNode.textContent?.trim() && parent?.checkVisibility())
        sizes.push(parseFloat(getComputedStyle(parent).fontSize) * 0.75)
    }
    return Math.min(...sizes)
  })
}

async function weakAnswer(page: Page): Promise<void> {
  await open(page, '/practice?question=08-jwt')
  await page.getByRole('button', { name: 'Show the answer' }).click()
  await page.getByRole('checkbox').first().check()
  await page.getByRole('radio').nth(1).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: /^Saved/ }).waitFor()
}

test('the cheat sheet marks what is weak, and nothing before anything was studied', async ({ page }) => {
  await open(page, '/progress')
  await page.getByRole('link', { name: 'Cheat sheet, two pages to print' }).click()
  await expect(page.getByRole('article')).toHaveCount(17)
  await expect(page.getByText('A bar marks your weak ones')).toHaveCount(0)
  await expect(page.getByText(', weak')).toHaveCount(0)
  await weakAnswer(page)
  await open(page, '/cheat-sheet')
  await expect(page.getByText('A bar marks your weak ones')).toBeVisible()
  await expect(page.getByRole('heading', { name: /, weak$/ })).toHaveText(['8 JWT, weak'])
  const points = page.getByRole('article').filter({ hasText: '8 JWT' }).getByRole('listitem')
  await expect(points.first()).not.toContainText(', weak')
  await expect(points.nth(1)).toContainText(', weak')
})

test('the cheat sheet prints on two pages of A4 and of Letter, nothing cut and nothing too small', async ({
  page,
  request,
}) => {
  test.skip(!hasPdfText(), 'pdftotext is not installed')
  const questions = (await (await request.get('/study.json')).json()) as { keyPoints: string[] }[]
  await weakAnswer(page)
  for (const width of [1366, 390]) {
    await page.setViewportSize({ width, height: 800 })
    await open(page, '/cheat-sheet')
    await expect(page.getByText('A bar marks your weak ones')).toBeVisible()
    for (const format of ['A4', 'Letter'] as const) {
      const sheets = await printedSheets(page, format)
      expect(sheets).toHaveLength(2)
      expect(sheets.flatMap(({ cut }) => cut)).toEqual([])
      const bare = (text: string): string => text.normalize('NFKC').replaceAll(/[^\p{L}\p{N}]|&\w+;/gu, '')
      const text = bare(sheets.map((sheet) => sheet.text).join(''))
      const points = questions.flatMap(({ keyPoints }) => keyPoints)
      expect(points.filter((point) => !text.includes(bare(point)))).toEqual([])
    }
  }
  await page.emulateMedia({ media: 'print' })
  expect(await smallestText(page)).toBeGreaterThanOrEqual(MIN_TEXT_PT)
})
