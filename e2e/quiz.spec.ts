import { open } from './support/page.ts'
import { answerQuiz, asShown, cardsShown, practiceSets, quizOnPage } from './support/practice.ts'
import { expect, test } from './support/test.ts'

test('the quizzes of a lesson, by keyboard: a wrong answer is explained, comes once more, and is due in the review', async ({
  page,
}) => {
  const sets = await practiceSets(page)
  const lesson = sets.find(({ slug }) => slug === '12-errors')
  const count = lesson?.quizzes.length ?? 0
  await open(page, '/lessons/errors')
  await page.getByRole('link', { name: `${count} quizzes` }).press('Enter')
  await expect(page).toHaveURL('/practice/quiz?lesson=errors')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Quiz 1 of ${count}`)

  const wrong = await quizOnPage(page, sets)
  await answerQuiz(page, wrong, false)
  const confusion = wrong.order?.swapped.length ?? wrong.choices.length
  expect(confusion).toBeGreaterThan(0)
  await expect(page.locator('[data-html="feedback"]').first()).not.toBeEmpty()
  await expect(page.locator('[data-html="why"]')).not.toBeEmpty()
  for (let place = 2; place <= count; place++) {
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Quiz ${place} of ${count}`)
    await answerQuiz(page, await quizOnPage(page, sets), true)
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Once more: 1 of 1')
  expect((await quizOnPage(page, sets)).id).toBe(wrong.id)
  await answerQuiz(page, wrong, true)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${count - 1} of ${count} right`)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()

  await page.getByRole('link', { name: 'All quizzes' }).last().click()
  await expect(page.getByRole('listitem').filter({ hasText: lesson?.title ?? '' })).toContainText(
    `${count} of ${count} right`,
  )
})

test('cards are put in order by dragging, and stay where they were put while they are looked at', async ({
  page,
}) => {
  const sets = await practiceSets(page)
  await open(page, '/practice/quiz?lesson=12-errors')
  while ((await quizOnPage(page, sets)).order === null) {
    const place = await page.getByRole('heading', { level: 1 }).innerText()
    await answerQuiz(page, await quizOnPage(page, sets), true)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(place)
  }
  const right = await asShown(page, (await quizOnPage(page, sets)).order?.cards ?? [])
  for (const [place, card] of right.entries()) {
    const from = (await cardsShown(page)).indexOf(card)
    const [handle, target] = [from, place].map((at) => page.locator('.card .handle').nth(at))
    const [start, end] = [await handle?.boundingBox(), await target?.boundingBox()]
    if (!start || !end || from === place) continue
    await page.mouse.move(start.x + 8, start.y + start.height / 2)
    await page.mouse.down()
    await page.mouse.move(end.x + 8, end.y + 4, { steps: 12 })
    await page.mouse.up()
    await expect.poll(async () => (await cardsShown(page)).indexOf(card)).toBe(place)
    expect((await cardsShown(page)).toSorted()).toEqual(right.toSorted())
  }
  await page.getByRole('button', { name: 'Check' }).click()
  await expect(page.getByRole('heading', { name: 'Right', exact: true })).toBeFocused()
})

test('a quiz is a card of the review: choosing grades it, and 4 says that it was easy', async ({ page }) => {
  const sets = await practiceSets(page)
  await open(page, '/practice/quiz?lesson=12-errors')
  await answerQuiz(page, await quizOnPage(page, sets), false)
  // What was answered wrong is due today.
  await open(page, '/review')
  await page.getByLabel('New cards a day').press('ControlOrMeta+a')
  await page.getByLabel('New cards a day').pressSequentially('0')
  await page.getByLabel('New cards a day').press('Enter')
  await expect(page.locator('.today')).toHaveText(/^1 due, 1 minute$/)
  const quiz = await quizOnPage(page, sets)
  await page.locator('h1').focus()
  await answerQuiz(page, quiz, true)
  await expect(page.getByRole('group', { name: 'How did it go?' }).getByRole('button')).toHaveText([
    /2\s*Hard/,
    /Enter\s*Good/,
    /4\s*Easy/,
  ])
  await page.keyboard.press('4')
  await expect(page.getByRole('heading', { name: 'Done for today' })).toBeVisible()
  await page.keyboard.press('u')
  await expect(page.locator('.today')).toHaveText(/^1 due/)
  await answerQuiz(page, quiz, false)
  await page.keyboard.press('Enter')
  // Wrong again, it comes once more, unanswered.
  await expect(page.getByRole('button', { name: 'Check' }).first()).toBeVisible()
  await expect(page.locator('#quiz-kind')).toBeFocused()
})

test('cramming goes on until each card was known, and the schedule stays as it was', async ({ page }) => {
  const sets = await practiceSets(page)
  await open(page, '/review')
  const before = await page.locator('.today').innerText()
  await page.getByRole('link', { name: 'Cram' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cram')
  await page.getByLabel('Which cards').selectOption('13-advantages')
  await page.getByRole('button', { name: 'Start' }).press('Enter')
  const left = page.locator('.pile > p').first()
  await expect(left).toHaveText(/^\d+ left$/)
  const count = Number.parseInt(await left.innerText())
  // The first one isn't known at first, and goes under the pile.
  await page.keyboard.press('Space')
  await page.keyboard.press('1')
  for (let rest = count; rest > 0; rest--) {
    await expect(left).toHaveText(`${rest} left`)
    if ((await page.locator('#card-task').count()) > 0) {
      await page.keyboard.press('Space')
      await page.keyboard.press('3')
    } else {
      await answerQuiz(page, await quizOnPage(page, sets), true)
      await page.keyboard.press('Enter')
    }
  }
  await expect(page.getByRole('heading', { name: 'That was all of them' })).toBeVisible()
  await page.getByRole('link', { name: 'Back to the review' }).last().click()
  await expect(page.locator('.today')).toHaveText(before)
})

test('a learner’s own questions from a GIFT file are asked, kept after a reload, and removed', async ({
  page,
}) => {
  const gift = [
    '// Made elsewhere',
    '::Codes::Which status is sent for a missing token? {=401 ~403#That is for someone who is known. ~500}',
    'Explain ASGI. {}',
    '[html]<img src\\=x onerror\\="document.title\\=1"><b>GET</b> changes nothing.{TRUE}',
  ].join('\n\n')
  await open(page, '/practice/quiz')
  const choose = (content: string): Promise<void> =>
    page
      .getByLabel('GIFT file')
      .setInputFiles({ name: 'own.gift.txt', mimeType: 'text/plain', buffer: Buffer.from(content) })
  await choose('Nothing to ask')
  await expect(page.getByRole('alert')).toContainText('There is no question in this file')
  await expect(page.getByRole('alert')).toContainText('Line 1: it has no answers between braces.')
  await choose(gift)
  await expect(page.getByText('Imported 2 questions.')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveText(/^Left out:\s*Line 5: it is an essay/)
  await page.reload()
  await page.getByRole('link', { name: 'Start: 2 questions' }).click()
  for (const place of [1, 2]) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Quiz ${place} of 2`)
    await page.getByRole('radio', { name: /401|True/ }).check()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Right', exact: true })).toBeFocused()
    await page.keyboard.press('Enter')
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('2 of 2 right')
  await page.getByRole('link', { name: 'All quizzes' }).last().click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByRole('link', { name: /^Start: / })).toHaveCount(0)
  await page.goto('/practice/quiz?lesson=own')
  await expect(page.getByText('There is no quiz “own”.')).toBeVisible()
})
