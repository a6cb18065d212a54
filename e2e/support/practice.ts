import type { PracticeSet, QuizView } from '../../contract/practice.ts'
import type { Locator } from '@playwright/test'
import { expect, type Page } from './test.ts'

/** What the app's deck gives to practise with. */
export async function practiceSets(page: Page): Promise<PracticeSet[]> {
  return (await (await page.request.get('/practice.json')).json()) as PracticeSet[]
}

/** The quiz that is on the page. */
export async function quizOnPage(page: Page, sets: readonly PracticeSet[]): Promise<QuizView> {
  const shown = await page.locator('.quiz > .ask').innerHTML()
  const quizzes = sets.flatMap((set) => set.quizzes)
  const asked = await asShown(
    page,
    quizzes.map(({ ask }) => ask),
  )
  const found = quizzes[asked.indexOf(shown)]
  if (found === undefined) throw new Error(`no quiz asks ${shown}`)
  return found
}

/** HTML as a browser writes it. */
export function asShown(page: Page, htmls: readonly string[]): Promise<string[]> {
  return page.evaluate((all) => {
    const box = document.createElement('div')
    return all.map((html) => {
      box.innerHTML = html
      return box.innerHTML
    })
  }, htmls)
}

/** Answers the quiz on the page by keyboard, up to its result. Nothing on the page but its first heading needs to have the focus. */
export async function answerQuiz(page: Page, quiz: QuizView, isRight: boolean): Promise<void> {
  if (quiz.order) await putInOrder(page, quiz.order.cards, isRight)
  for (const [index, { options, right }] of quiz.choices.entries()) {
    const form = page.locator('.quiz form').nth(index)
    const says = await asShown(
      page,
      options.map((option) => option.says),
    )
    const wanted = says[isRight ? right : (right + 1) % says.length] ?? ''
    const shown = await form
      .locator('[data-html="option"]')
      .evaluateAll((all) => all.map((one) => one.innerHTML))
    await page.keyboard.press(String(shown.indexOf(wanted) + 1))
    await expect(form.getByRole('radio', { checked: true })).toHaveCount(1)
    await page.keyboard.press('Enter')
    await expect(form.getByRole('button', { name: 'Check' })).toHaveCount(0)
  }
  const result = isRight ? 'Right' : 'Not right'
  await expect(page.getByRole('heading', { level: 2, name: result, exact: true })).toBeFocused()
}

/** By the buttons; for a wrong order, the first two cards are swapped. */
async function putInOrder(page: Page, right: readonly string[], isRight: boolean): Promise<void> {
  const [first = '', second = '', ...rest] = await asShown(page, right)
  const wanted = isRight ? [first, second, ...rest] : [second, first, ...rest]
  for (const [place, card] of wanted.entries()) {
    const at = (await cardsShown(page)).indexOf(card)
    for (let from = at; from > place; from--) {
      await page
        .locator('.card')
        .nth(from)
        .getByRole('button', { name: /^Move up/ })
        .press('Enter')
    }
    expect((await cardsShown(page)).indexOf(card)).toBe(place)
  }
  await page.getByRole('button', { name: 'Check' }).press('Enter')
}

/** HTML of the cards from top to bottom. */
export function cardsShown(page: Page): Promise<string[]> {
  return page.locator('[data-html="card"]').evaluateAll((all) => all.map((one) => one.innerHTML))
}

/** Whether nothing on the page is wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

/** The box that says what the last request of a task came to. */
export function verdict(page: Page): Locator {
  return page.locator('.verdict .callout')
}
