import { chromium, type Page } from '@playwright/test'
import { startApp } from '../e2e/support/app.ts'
import { browserBundle } from '../e2e/support/browser-bundle.ts'
import { browserArguments } from '../scripts/browser.mjs'
import { median } from './statistics.ts'
import type { studyBench, StudyTimes } from './study-page.ts'

const REVIEWS = 10_000
const ROUNDS = 15
const LIMIT_MS = { load: 100, next: 16 }
/** One more grade must cost less than this share of a replay from nothing, measured in the same page. */
const MAX_SHARE = 0.25
/** Reading the packed log must cost less than this share of reading its records, measured in the same page. */
const MAX_READ_SHARE = 0.6

/** `npm run bench:study`: how long ten thousand reviews take to load, and how long the next card takes, in Chromium. */
export async function benchStudy(executablePath: string | undefined): Promise<void> {
  const app = await startApp({})
  const browser = await chromium.launch({ executablePath, args: browserArguments })
  try {
    const page = await browser.newPage()
    await page.goto(`${app.origin}/about`)
    const code = `${await browserBundle('bench/study-page.ts', 'study')}\nglobalThis.bench = () => study.studyBench`
    await page.evaluate(code)
    await page.evaluate(async (count) => bench().fill(count), REVIEWS)
    const rounds: StudyTimes[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      // A page that was just opened: nothing is compiled yet.
      await page.reload()
      await page.evaluate(code)
      rounds.push(await page.evaluate(async (odd) => bench().measure(odd), round % 2 === 1))
    }
    report(rounds, await presses(page, `${app.origin}/review`))
  } finally {
    await browser.close()
    await app.remove()
  }
}

/** In the page: what the bundle left there. */
declare function bench(): typeof studyBench

/** Grades cards of the real page by keyboard. @returns milliseconds from each key until the next card is in the document */
async function presses(page: Page, address: string): Promise<number[]> {
  await page.goto(address)
  await page.locator('#card-task').waitFor()
  await page.evaluate(() => {
    const times: number[] = []
    Object.assign(window, { times })
    let pressed = 0
    addEventListener('keydown', ({ key, timeStamp }) => (pressed = key === '3' ? timeStamp : 0), true)
    new MutationObserver(() => {
      if (pressed > 0) times.push(performance.now() - pressed)
      pressed = 0
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  for (let card = 0; card < ROUNDS; card += 1) {
    await page.locator('h1').focus()
    await page.keyboard.press('Space')
    await page.getByRole('group', { name: 'How did it go?' }).waitFor()
    await page.keyboard.press('3')
    await page.waitForFunction(
      (count) => (window as unknown as { times: number[] }).times.length > count,
      card,
    )
  }
  return page.evaluate(() => (window as unknown as { times: number[] }).times)
}

function report(rounds: readonly StudyTimes[], keys: readonly number[]): void {
  const rows: [name: string, times: number[]][] = [
    ['each record read from IndexedDB, without the pack', rounds.map(({ records }) => records)],
    ['read from IndexedDB', rounds.map(({ read }) => read)],
    ['check', rounds.map(({ check }) => check)],
    ['schedule', rounds.map(({ schedule }) => schedule)],
    [
      `all three, limit ${LIMIT_MS.load} ms`,
      rounds.map(({ read, check, schedule }) => read + check + schedule),
    ],
    [`schedule and queue after one more grade, limit ${LIMIT_MS.next} ms`, rounds.map(({ next }) => next)],
    ['plan', rounds.map(({ plan }) => plan)],
    [`the page, from the key to the next card, limit ${LIMIT_MS.next} ms`, [...keys]],
  ]
  console.log(`${REVIEWS} reviews, ${ROUNDS} rounds; milliseconds, median and fastest:`)
  for (const [name, times] of rows) {
    const figures = [median(times), Math.min(...times)].map((ms) => ms.toFixed(1).padStart(7))
    console.log(`${figures.join(' ')}  ${name}`)
  }
  const shares: [words: string, share: number, most: number][] = [
    ['One more grade, of a replay from nothing', median(rounds.map((r) => r.next / r.schedule)), MAX_SHARE],
    ['The packed log, of reading each record', median(rounds.map((r) => r.read / r.records)), MAX_READ_SHARE],
  ]
  for (const [words, share, most] of shares) {
    console.log(`${words}: ${Math.round(share * 100)} %, at most ${most * 100} %.`)
    if (share > most) process.exitCode = 1
  }
}
