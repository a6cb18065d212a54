import { faultsOf } from './support/axe.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

const LOGIN_WITH_JSON = '/lessons/authentication?step=4'
const question = (page: Page) => page.getByRole('group', { name: 'Which status does it get?' })
const claims = (page: Page) => page.getByRole('region', { name: 'Claims' })
const announced = (page: Page) => page.locator('.response-side > [role="status"]')

/** The predictions in the learner's log. To open a database that isn't there would create an empty one. */
async function predictions(
  page: Page,
): Promise<{ step: string; ask: string; chosen: string; actual: string }[]> {
  return page.evaluate(async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'viva-study')) return []
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('viva-study')
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(new Error('the database can’t be opened'))
    })
    const [name] = database.objectStoreNames
    if (name === undefined) return []
    const events = await new Promise<{ kind: string }[]>((resolve) => {
      const reading = database.transaction(name).objectStore(name).getAll()
      reading.onsuccess = () => resolve(reading.result)
    })
    database.close()
    return events.filter(({ kind }) => kind === 'prediction') as never
  })
}

test('before a step runs, nothing shows its result; a wrong prediction is put right by what happened', async ({
  page,
}) => {
  await open(page, LOGIN_WITH_JSON)
  await expect(question(page).getByRole('radio')).toHaveCount(4)
  await expect(claims(page)).toHaveCount(0)
  await expect(page.getByRole('complementary')).not.toContainText('The right fields in the wrong format')
  await page.getByRole('link', { name: 'Proved by step 4' }).first().hover()
  const card = page.getByRole('tooltip')
  await expect(card).toContainText('Predict it in the playground first')
  await expect(card).not.toContainText('never ran')

  await question(page).getByText('401 Unauthorized').click()
  await expect(question(page)).toContainText('Run it to see')
  await page.getByRole('button', { name: /^Run step 4/ }).click()
  const verdict = page.locator('.verdict')
  await expect(verdict).toHaveText('You said 401. It was 422: JSON where a form is expected.')
  await expect(announced(page)).toHaveText(/^You said 401\. It was 422: .* 422 Unprocessable Content, 1 of 1/)
  await expect(question(page)).toHaveCount(0)
  await expect(claims(page)).toContainText('1 of 1 claims confirmed')
  await expect(page.getByRole('complementary')).toContainText('The right fields in the wrong format')
  await expect
    .poll(() => predictions(page))
    .toMatchObject([
      ...[
        {
          step: 'json-login',
          ask: 'status',
          chosen: '401',
          actual: '422',
          misconceptions: ['login-is-json'],
        },
      ],
    ])
  expect(await faultsOf(page)).toEqual([])

  // What was proved isn't asked again, and the verdict belongs to its response alone.
  await page.getByRole('button', { name: /^Run step 4/ }).click()
  await expect(announced(page)).toHaveText('422 Unprocessable Content, 1 of 1 claims confirmed')
  await expect(verdict).toHaveCount(0)
  await page.reload()
  await expect(claims(page)).toContainText('What this step proves')
  await expect(question(page)).toHaveCount(0)
})

test('by keyboard: a letter or an arrow chooses, r or Ctrl+Enter runs and judges, and no letter acts in a field', async ({
  page,
}) => {
  await open(page, LOGIN_WITH_JSON)
  const radios = question(page).getByRole('radio')
  await expect(radios).toHaveCount(4)
  const labels = await question(page).locator('label').allTextContents()
  const right = labels.findIndex((label) => label.includes('422'))
  await page.getByRole('textbox', { name: 'Path' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type('abcd')
  await expect(page.getByRole('textbox', { name: 'Path' })).toHaveValue('/loginabcd')
  // An edited request is no longer the one that was asked about.
  await expect(question(page)).toHaveCount(0)
  await expect(claims(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Reset to original' }).click()
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('abcd'[(right + 1) % 4]!)
  await expect(radios.nth((right + 1) % 4)).toBeChecked()
  await radios.nth((right + 1) % 4).focus()
  await page.keyboard.press('abcd'[right]!)
  await expect(radios.nth(right)).toBeChecked()
  await page.keyboard.press('ArrowDown')
  await expect(radios.nth((right + 1) % 4)).toBeChecked()
  await page.keyboard.press('ArrowUp')
  await expect(radios.nth(right)).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.verdict')).toHaveText('Right: 422.')
  await expect(page.getByRole('button', { name: 'Edit the request' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('Predict what the step will show')
})

test('a step that is just run, and all steps, are asked nothing; predictions can be turned off and on', async ({
  page,
}) => {
  await open(page, LOGIN_WITH_JSON)
  await expect(question(page)).toBeVisible()
  await page.keyboard.press('r')
  await expect(claims(page)).toContainText('1 of 1 claims confirmed')
  await expect(page.locator('.verdict')).toHaveCount(0)
  await page.keyboard.press('n')
  await expect(page).toHaveURL(/step=with-token$/)
  await page.keyboard.press('n')
  await expect(page).toHaveURL(/step=no-token$/)
  await expect(page.getByText('No token at all').last()).toBeVisible()
  await expect(question(page)).toBeVisible()
  await question(page).getByRole('button', { name: 'Don’t ask' }).click()
  await expect(page.getByRole('button', { name: /^Run step 6/ })).toBeFocused()
  await expect(claims(page)).toContainText('What this step proves')
  await page.reload()
  await expect(claims(page)).toContainText('What this step proves')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('?')
  await page.getByLabel('In a lesson, ask what a step will show before it runs.').check()
  await page.keyboard.press('Escape')
  await expect(question(page)).toBeVisible()
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(announced(page)).toHaveText(/^All 9 steps ran/)
  await expect(page.locator('.verdict')).toHaveCount(0)
  expect(await predictions(page)).toEqual([])
})

test('nothing moves when the verdict arrives, and what just happened is on a laptop’s screen', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 657 })
  await open(page, LOGIN_WITH_JSON)
  await question(page).getByText('401 Unauthorized').click()
  await expect(page.getByRole('button', { name: /^Run step 4/ })).toBeInViewport({ ratio: 1 })
  await page.waitForLoadState('networkidle')
  let respond: () => void = () => undefined
  const wanted = new Promise<void>((resolve) => (respond = resolve))
  await page.route('**/login', async (route) => {
    await wanted
    await route.continue()
  })
  await page.getByRole('button', { name: /^Run step 4/ }).click()
  await expect(page.getByRole('button', { name: 'Edit the request' })).toBeVisible()
  await expect(page.locator('.verdict')).toBeVisible()
  const place = async () => (await page.getByRole('tablist').boundingBox())?.y
  const before = await place()
  respond()
  await expect(page.locator('.verdict')).toHaveAttribute('data-right', 'false')
  expect(await place()).toBe(before)
  await expect(page.locator('.verdict')).toBeInViewport({ ratio: 1 })
  await expect(page.locator('.status')).toBeInViewport({ ratio: 1 })
  await expect(page.locator('.claims li').first()).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('tablist')).toBeInViewport({ ratio: 1 })
})

test('a wrong prediction is a card of the review and a misconception, until it is answered right', async ({
  page,
}) => {
  await open(page, LOGIN_WITH_JSON)
  await question(page).getByText('401 Unauthorized').click()
  await page.keyboard.press('r')
  await expect(page.locator('.verdict')).toHaveText(/^You said 401/)
  await expect.poll(() => predictions(page)).toHaveLength(1)
  await open(page, '/progress')
  await expect(page.getByRole('region', { name: 'Misconceptions' })).toContainText(
    /Still there: 1.*The login takes JSON/s,
  )
  await open(page, '/review')
  const limit = page.getByLabel('New cards a day')
  await limit.press('ControlOrMeta+a')
  await limit.pressSequentially('0')
  await limit.press('Enter')
  const card = page.getByRole('article', { name: 'What happens?' })
  await expect(card).toContainText('Step 4, Log in with JSON: Which status does it get?')
  await expect(card).toContainText('POST /login')
  await page.locator('h1').focus()
  const options = await card.locator('.option').allTextContents()
  await page.keyboard.press(String(1 + options.findIndex((option) => option.includes('422'))))
  await page.keyboard.press('Enter')
  await expect(card).toContainText('Both fields are reported as missing, and the handler never ran.')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Done for today')).toBeVisible()
  await open(page, '/progress')
  const misconceptions = page.getByRole('region', { name: 'Misconceptions' })
  await expect(misconceptions).toContainText(/Gone: 1.*The login takes JSON/s)
})
