import { resolve } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { startApp } from '../e2e/support/app.ts'
import { browserArguments } from '../scripts/browser.mjs'
import { median } from './statistics.ts'
import type { studyBench, StudyTimes } from './study-page.ts'

const REVIEWS = 10_000
const ROUNDS = 15
const LIMIT_MS = { load: 100, next: 16 }
/** One more grade must cost less than this share of a replay from nothing, measured in the same page. */
const MAX_SHARE = 0.25

/** `npm run bench:study`: how long ten thousand reviews take to load, and how long the next card takes, in Chromium. */
export async function benchStudy(executablePath: string | undefined): Promise<void> {
  const app = await startApp({})
  const browser = await chromium.launch({ executablePath, args: browserArguments })
  try {
    const page = await browser.newPage()
    await page.goto(`${app.origin}/about`)
    const code = await bundle()
    await page.evaluate(code)
    await page.evaluate(async (count) => bench().fill(count), REVIEWS)
    const rounds: StudyTimes[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      // A page that was just opened: nothing is compiled yet.
      await page.reload()
      await page.evaluate(code)
      rounds.push(await page.evaluate(async () => bench().measure()))
    }
    report(rounds, await presses(page, `${app.origin}/review`))
  } finally {
    await browser.close()
    await app.remove()
  }
}

/** In the page: what the bundle left there. */
declare function bench(): typeof studyBench

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      write: false,
      lib: { entry: resolve(import.meta.dirname, 'study-page.ts'), formats: ['iife'], name: 'study' },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined
  if (chunk === undefined) throw new Error('The part that runs in the browser was not built.')
  return `${chunk.code}\nglobalThis.bench = () => study.studyBench`
}

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
  const share = median(rounds.map(({ next, schedule }) => next / schedule))
  console.log(`One more grade costs ${Math.round(share * 100)} % of a replay from nothing.`)
  if (share > MAX_SHARE) {
    console.error(`It may cost ${MAX_SHARE * 100} %.`)
    process.exitCode = 1
  }
}
