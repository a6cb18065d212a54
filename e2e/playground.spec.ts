import { readFile } from 'node:fs/promises'
import { faultsInBothThemes } from './support/axe.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'
import { retype } from './support/typing.ts'

const LESSONS = 17

interface LessonSteps {
  steps: { claims: unknown[]; burst?: number }[]
}

const status = (page: Page) => page.locator('.playground [role="status"]').filter({ hasText: /\S/ }).first()
const send = (page: Page) => page.getByRole('button', { name: /^(Send|Run step .*)$/ })

test('a lesson’s step runs with one click and its claims turn green', async ({ page }) => {
  await open(page, '/lessons/errors')
  await page.getByRole('button', { name: /^Run step 1$/ }).click()
  await expect(page.locator('.status')).toHaveText('404 Not Found')
  await expect(page.getByText('2 of 2 claims confirmed', { exact: true })).toBeVisible()
  await expect(status(page)).toHaveText('404 Not Found, 2 of 2 claims confirmed')
  await expect(page.locator('.steps li').first()).toContainText(', confirmed')
})

test('the selected step is in the URL, and a URL opens its step', async ({ page }) => {
  await open(page, '/lessons/authentication?step=2')
  await expect(page.locator('[aria-current="step"]')).toContainText('The wrong password')
  await page.locator('.steps li').nth(2).getByRole('button').first().click()
  await expect(page).toHaveURL(/step=unknown-user$/)
})

test('a step that needs an earlier one runs it first and says so', async ({ page }) => {
  await open(page, '/lessons/errors?step=5')
  await expect(page.getByText('Runs first every time: Ada deletes herself.')).toBeVisible()
  await send(page).click()
  await expect(page.getByText('Ran first:')).toBeVisible()
  await page.getByRole('button', { name: 'Ada deletes herself', exact: true }).click()
  await expect(page.locator('.status')).toHaveText('204 No Content')
  await expect(page.getByText('so an empty body is correct.')).toBeVisible()
  await page.getByRole('button', { name: 'Back to the step' }).click()
  await expect(page.locator('.status')).toHaveText('404 Not Found')
})

test('an edited body fails validation, is marked, and is reset', async ({ page }) => {
  await open(page, '/playground?operation=create_user_users__post')
  const body = page.getByRole('textbox', { name: 'JSON body' })
  await body.click()
  // The editor takes over from the text area with its text and its caret.
  await expect(page.locator('.cm-content')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('{"name": "", "email": "nobody"}')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.locator('.status')).toHaveText('422 Unprocessable Content')
  await expect(page.getByRole('tabpanel')).toContainText('string_too_short')
  await expect(page.getByRole('tabpanel')).toContainText('Field required')
})

test('a path edited to another host is not sent', async ({ page }) => {
  await open(page, '/playground')
  await retype(page.getByRole('textbox', { name: 'Path' }), '//example.com/')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Requests can only go to this server.').first()).toBeVisible()
})

test('a 401 offers to send as Ada, with a token fetched for her', async ({ page }) => {
  await open(page, '/playground')
  await retype(page.getByRole('textbox', { name: 'Path' }), '/users/me')
  await send(page).click()
  await expect(page.locator('.status')).toHaveText('401 Unauthorized')
  await page.getByRole('button', { name: 'Send as Ada' }).click()
  await expect(page.locator('.status')).toHaveText('200 OK')
  await expect(page.getByRole('tabpanel')).toContainText('ada@example.com')
  await expect(page.getByRole('radio', { name: 'Ada' })).toBeChecked()
})

test('the store marks what the last request changed, and a reset restores it', async ({ page }) => {
  await open(page, '/playground?operation=delete_user_users__user_id__delete')
  await send(page).click()
  await expect(page.locator('.status')).toHaveText('204 No Content')
  await page.getByRole('tab', { name: 'Store' }).click()
  await expect(page.getByRole('row', { name: /^removed 1 Ada Lovelace/ })).toBeVisible()
  await page.getByRole('button', { name: 'Reset sandbox' }).click()
  await expect(page.getByRole('row', { name: /1 Ada Lovelace/ })).toBeVisible()
  await expect(page.getByText('removed', { exact: true })).toHaveCount(0)
})

test('a token is decoded, and each forgery of it is rejected', async ({ page }) => {
  await open(page, '/playground?operation=read_me_users_me_get')
  await send(page).click()
  await page.getByRole('tab', { name: 'Token' }).click()
  await expect(page.getByRole('row', { name: /^sub "1"/ })).toBeVisible()
  await expect(page.getByText(/^expires in (29|30):/)).toBeVisible()
  for (const forgery of ['Change the user', 'Flip a byte', 'alg: none', 'Extend the expiry']) {
    await page.getByRole('tab', { name: 'Token' }).click()
    await page.getByRole('button', { name: /^Ada$/ }).click()
    await page.getByRole('button', { name: forgery }).click()
    await expect(page.locator('.status'), forgery).toHaveText('401 Unauthorized')
    await expect(page.getByRole('list', { name: 'Token checks' }), forgery).toContainText('failed')
  }
})

test('a pasted text that is not a token says why', async ({ page }) => {
  await open(page, '/playground')
  await page.getByRole('tab', { name: 'Token' }).click()
  await page.getByLabel(/Paste a token/).pressSequentially('not.a')
  await expect(page.getByRole('alert')).toHaveText('A JWT has three parts separated by dots; this has 2.')
})

test('two responses are compared, and one is sent again', async ({ page }) => {
  await open(page, '/playground')
  for (const path of ['/users/1', '/users/2']) {
    await retype(page.getByRole('textbox', { name: 'Path' }), path)
    await send(page).click()
    await page.getByRole('tab', { name: 'History' }).click()
    await expect(page.getByRole('checkbox', { name: new RegExp(`GET ${path}$`) })).toBeVisible()
  }
  for (const box of await page.getByRole('checkbox').all()) await box.check()
  const compared = page.getByRole('region', { name: 'Two responses side by side' })
  await expect(compared.getByRole('row', { name: /^body name "Ada Lovelace" "Grace Hopper"/ })).toBeVisible()
  await compared.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Resend GET /users/1' }).click()
  await expect(page.getByRole('checkbox')).toHaveCount(3)
})

test('curl is imported and exported, and a bad command says why', async ({ page }) => {
  await open(page, '/playground')
  await page.getByRole('button', { name: 'Paste curl' }).click()
  const command = page.getByRole('textbox', { name: /A curl command/ })
  await command.pressSequentially("curl 'http://localhost:8000/users/")
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(page.getByRole('alert')).toHaveText("The quote ' at character 6 is never closed.")
  await retype(
    command,
    "curl -X PATCH https://api.example.com/users/1 -H 'X-Why: it'\\''s so' --json '{\"age\": 37}'",
  )
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(
    page.getByText('The command names https://api.example.com; the request goes to this server instead.'),
  ).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Path' })).toHaveValue('/users/1')
  await page.getByRole('radio', { name: 'Ada' }).check()
  await send(page).click()
  await expect(page.locator('.status')).toHaveText('200 OK')
  await page.getByText('Request as sent').click()
  await expect(page.getByLabel('The request as curl')).toContainText("-H 'X-Why: it'\\''s so'")
  await page.getByRole('button', { name: 'httpx', exact: true }).click()
  await expect(page.getByLabel('The request as httpx')).toContainText('"age": 37,')
  await page.getByRole('button', { name: 'step', exact: true }).click()
  const step = page.getByLabel('The request as step')
  await expect(step).toContainText('as: ada\n    method: PATCH\n    path: /users/1\n')
  await expect(step).toContainText('- { step: users.patch_user }')
  await expect(step).toContainText('where: { email: ada@example.com }, row: [{ path: age, equals: 37 }]')
})

test('headers of a pasted command that browsers set are marked, and not shown as sent', async ({ page }) => {
  await open(page, '/playground')
  await page.getByRole('button', { name: 'Paste curl' }).click()
  await page
    .getByRole('textbox', { name: /A curl command/ })
    .pressSequentially(
      `curl 'http://localhost:8000/users/' -b a=1 -H 'Sec-Fetch-Site: evil' -H 'Content-Length: 7' -A me -H 'X-Why: {{x}}'`,
    )
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(
    page.getByText('Browsers set User-Agent, Cookie, Sec-Fetch-Site, Content-Length themselves'),
  ).toBeVisible()
  await expect(page.getByText('Browsers set Cookie themselves, so this one isn’t sent.')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Send {{x}} literally' })).toBeChecked()
  const request = page.waitForRequest((sent) => new URL(sent.url()).pathname === '/users/')
  await send(page).click()
  const headers = await (await request).allHeaders()
  expect(headers).toMatchObject({ 'x-why': '{{x}}' })
  expect(headers['sec-fetch-site']).not.toBe('evil')
  expect(headers['user-agent']).not.toBe('me')
  expect(headers['content-length']).toBeUndefined()
  await page.getByText('Request as sent').click()
  await expect(page.getByRole('table', { name: 'Request headers' }).getByRole('row')).toHaveText([
    /^X-Why\s*{{x}}$/,
  ])
  await expect(page.getByLabel('The request as curl')).not.toContainText(
    /Cookie|Sec-Fetch|User-Agent|Content-Length/,
  )
  await expect(page.getByLabel('The request as curl')).toContainText("-H 'X-Why: {{x}}'")
  await page.getByRole('button', { name: '.http', exact: true }).click()
  await expect(
    page.getByText('{{x}} is a variable in an .http file, which has no way to send the braces themselves.'),
  ).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy as .http' })).toHaveCount(0)
})

test('a pasted -F form is sent as curl sends it, even after an edit', async ({ page }) => {
  await open(page, '/playground')
  await page.getByRole('button', { name: 'Paste curl' }).click()
  await page
    .getByRole('textbox', { name: /A curl command/ })
    .pressSequentially('curl -F username=ada@example.com -F password=analytical-engine localhost:8000/login')
  await page.getByRole('button', { name: 'Import' }).click()
  await send(page).click()
  await expect(page.locator('.status')).toHaveText('200 OK')
  const body = page.getByRole('textbox', { name: 'Text body' })
  await body.press('Control+Home')
  await body.press('End')
  await body.pressSequentially('x')
  await body.press('Backspace')
  const again = page.waitForResponse((response) => new URL(response.url()).pathname === '/login')
  await send(page).click()
  expect((await again).status()).toBe(200)
  expect((await again).request().postData()).toMatch(/^-{26}[\da-f]{16}\r\nContent-Disposition/)
})

test('steps and session are saved as files', async ({ page }) => {
  await open(page, '/lessons/authentication')
  await send(page).click()
  await expect(page.locator('.status')).toHaveText('200 OK')
  await page.getByRole('button', { name: 'Export' }).click()
  const saved = async (name: string): Promise<string> => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name }).click(),
    ])
    return `${file.suggestedFilename()}\n${await readFile(await file.path(), 'utf8')}`
  }
  expect(await saved('Steps for REST Client')).toMatch(
    /^06-authentication\.http\n[^]*POST \{\{origin\}\}\/login[^]*@token = /,
  )
  expect(await saved('Steps for JetBrains')).toMatch(
    /^06-authentication\.http\n[^]*client\.global\.set\("token"/,
  )
  expect(await saved('Steps for Postman')).toContain('collection/v2.1.0/collection.json')
  const har = await saved('Session as HAR')
  expect(har).toContain('"version": "1.2"')
  expect(har).not.toMatch(/analytical-engine|eyJ[\w-]+\./)
})

test('a burst is drawn as lanes, and available as a table', async ({ page }) => {
  await open(page, '/lessons/advantages')
  await page.getByRole('button', { name: /^Run step 1$/ }).click()
  await expect(
    page.getByRole('img', { name: /100 requests for .* at most \d+ handlers? ran at once/ }),
  ).toBeVisible()
  await page.getByText('Show as a table').click()
  await expect(page.getByRole('group', { name: 'Timings' }).getByRole('row')).toHaveCount(101)
})

test('no server: the playground says so and what to do', async ({ page, context }) => {
  await open(page, '/playground')
  await send(page).click()
  await expect(page.locator('.status')).toHaveText('200 OK')
  await context.setOffline(true)
  await send(page).click()
  await expect(page.getByText('You’re offline, and this needs the server').first()).toBeVisible()
  await context.setOffline(false)
  await page.route('**/users/', (route) => route.abort())
  await send(page).click()
  await expect(page.getByText('The server didn’t respond.').first()).toBeVisible()
  await page.unroute('**/users/')
  await send(page).click()
  await expect(page.locator('.status')).toHaveText('200 OK')
})

test('run all: every claim of every lesson is confirmed in a browser', async ({ page, request }) => {
  test.setTimeout(900_000)
  await open(page, '/playground')
  const lessons = page.locator('nav ol li button')
  await expect(lessons).toHaveCount(LESSONS)
  for (let at = 0; at < LESSONS; at += 1) {
    await lessons.nth(at).click()
    await expect(lessons.nth(at)).toHaveAttribute('aria-current', 'true')
    const slug = new URL(page.url()).searchParams.get('lesson')
    const { steps } = (await (await request.get(`/lessons/${slug}.json`)).json()) as LessonSteps
    await page.getByRole('button', { name: 'Run all' }).click()
    // What a burst shows depends on how busy the machine is; that it ran doesn't.
    const wanted = steps.map(({ claims, burst }) => (burst ? 'ran' : claims.length ? 'held' : 'sent'))
    const marks = page.locator('.steps .number')
    const states = async (): Promise<(string | null)[]> => {
      const shown = await marks.evaluateAll((all) => all.map((mark) => mark.getAttribute('data-state')))
      return shown.map((state, place) =>
        steps[place]?.burst && /held|failed/.test(state ?? '') ? 'ran' : state,
      )
    }
    await expect.poll(states, { message: String(slug) }).toEqual(wanted)
  }
})

test('axe finds nothing, whatever is open, in light and in dark', async ({ page }) => {
  const clean = async (state: string): Promise<void> => {
    expect(await faultsInBothThemes(page), state).toEqual([])
  }
  await open(page, '/playground?operation=create_user_users__post')
  await clean('nothing sent yet')
  await page.getByRole('radio', { name: 'Ada' }).check()
  await page.getByRole('textbox', { name: 'JSON body' }).click()
  await expect(page.locator('.cm-content')).toBeVisible()
  await send(page).click()
  await expect(page.locator('.status')).toHaveText('201 Created')
  for (const tab of ['Response', 'Inside', 'Store', 'Token', 'History']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible()
    await expect(page.getByText(/^Loading /)).toHaveCount(0)
    await clean(tab)
  }
  await open(page, '/playground?lesson=17-async-or-def&step=2')
  await send(page).click()
  await expect(page.getByRole('img', { name: /handlers ran at once/ })).toBeVisible()
  await clean('lanes')
  await page.getByRole('button', { name: 'Paste curl' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await clean('paste curl')
})

test('on a phone nothing is wider than the screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open(page, '/playground?operation=create_user_users__post')
  await send(page).click()
  await expect(page.locator('.status')).toHaveText('201 Created')
  for (const tab of ['Response', 'Inside', 'Store', 'Token', 'History']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByText(/^Loading /)).toHaveCount(0)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, tab).toBeLessThanOrEqual(390)
  }
})

test('by keyboard alone: select a step, send it, go through the tabs', async ({ page }) => {
  await open(page, '/lessons/errors')
  await page.locator('.steps li').nth(1).getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/step=existing-user/)
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.status')).toHaveText('200 OK')
  await page.getByRole('tab', { name: 'Response' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Inside' })).toBeFocused()
  await expect(page.getByRole('list', { name: 'Steps, in order' })).toBeVisible()
  await expect(page).toHaveURL(/lessons\/errors/)
})
