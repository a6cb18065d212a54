import { openAsCandidate, openAsHost, openedRoom, newVisitor } from './support/interview.ts'
import { open, openBusy } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'
import { compose, goTo, retype, staying, TYPED } from './support/typing.ts'

const jsonBody = (page: Page) => page.getByRole('textbox', { name: 'JSON body' })
const lines = (page: Page) => page.locator('.cm-line')

test('a JSON body is typed key by key, and what was typed is what is sent @firefox', async ({ page }) => {
  // Firefox’s protocol doesn’t report bodies of requests.
  await page.addInitScript(() => {
    const send = window.fetch.bind(window)
    window.fetch = async (input, init) => {
      const request = new Request(input, init)
      if (request.method === 'POST') Object.assign(window, { sent: await request.clone().text() })
      return send(request)
    }
  })
  await open(page, '/lessons/pydantic-models')
  await jsonBody(page).click()
  await expect(lines(page).first()).toBeVisible()
  await page.keyboard.press('ControlOrMeta+a')
  const body = `{"name": "${TYPED.replaceAll('"', "'")}", "age": true}`
  await staying(page, () => page.keyboard.type(body))
  await expect(lines(page)).toHaveText([body])
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.locator('.status')).toHaveText('422 Unprocessable Content')
  expect(await page.evaluate(() => (window as unknown as { sent?: string }).sent)).toBe(body)
})

test('every field of the playground takes every letter, and what an input method composes', async ({
  page,
}) => {
  await open(page, '/playground?operation=create_user_users__post')
  await page.getByRole('button', { name: /^Headers/ }).click()
  await page.getByRole('button', { name: 'Add header' }).click()
  const fields = {
    path: page.getByRole('textbox', { name: 'Path' }),
    'header name': page.getByLabel('Name of header 1'),
    'header value': page.getByLabel('Value of header 1'),
  }
  for (const [name, field] of Object.entries(fields)) {
    await goTo(page, field)
    const before = await field.inputValue()
    await staying(page, () => page.keyboard.type(TYPED), name)
    await staying(page, () => compose(page, ['に', 'にほ', 'にほん'], '日本'), name)
    await staying(page, () => page.keyboard.type('tjk?'), name)
    await expect(field, name).toHaveValue(`${before}${TYPED}日本tjk?`)
  }
  await jsonBody(page).click()
  await expect(lines(page).first()).toBeVisible()
  await page.keyboard.press('ControlOrMeta+a')
  await staying(page, () => page.keyboard.type('"t'))
  await staying(page, () => compose(page, ['k', 'か', 'かん'], '漢'))
  await staying(page, () => page.keyboard.type('gh?"'))
  await expect(lines(page)).toHaveText(['"t漢gh?"'])

  await page.getByRole('button', { name: 'Paste curl' }).click()
  const command = page.getByRole('textbox', { name: /A curl command/ })
  await expect(command).toBeFocused()
  await staying(page, () => page.keyboard.type(TYPED))
  await staying(page, () => compose(page, ['ㅎ', '하', '한'], '한'))
  await expect(command).toHaveValue(`${TYPED}한`)
  await page.keyboard.press('Escape')

  await page.getByRole('tab', { name: 'Token' }).click()
  const token = page.getByLabel(/Paste a token/)
  await token.click()
  await staying(page, () => page.keyboard.type(TYPED))
  await expect(token).toHaveValue(TYPED)
})

test('a composition that starts before the editor is loaded is not interrupted', async ({ page }) => {
  let load: () => void = () => undefined
  const wanted = new Promise<void>((resolve) => (load = resolve))
  await page.route(/code-mirror/, async (route) => {
    await wanted
    await route.continue()
  })
  await open(page, '/playground?operation=create_user_users__post')
  await jsonBody(page).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 })
  const loaded = page.waitForResponse(/code-mirror/)
  load()
  await (await loaded).finished()
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
  await session.send('Input.insertText', { text: '日本' })
  await expect(lines(page)).toHaveText(['日本'])
  await page.keyboard.type('tk')
  await expect(lines(page)).toHaveText(['日本tk'])
})

test('Enter and arrows of an input method select nothing in the search', async ({ page }) => {
  await open(page, '/')
  await page.keyboard.press('Control+k')
  const words = page.getByRole('dialog').getByRole('combobox')
  await expect(page.getByRole('dialog').getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
  await staying(page, () => compose(page, ['に', 'にほん'], '日本'))
  await expect(words).toHaveValue('日本')
  // Safari has ended the composition already when it reports the key that did it.
  await staying(page, () =>
    words.evaluate((field) => {
      field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true }))
    }),
  )
  await retype(words, TYPED)
  await expect(words).toHaveValue(TYPED)
})

test('letters typed while the search is still loading are words, not shortcuts', async ({ page }) => {
  let load: () => void = () => undefined
  const wanted = new Promise<void>((resolve) => (load = resolve))
  await page.route(/SearchDialog/, async (route) => {
    await wanted
    await route.continue()
  })
  await open(page, '/lessons/errors')
  await staying(page, async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('tokenj')
    await page.keyboard.press('Backspace')
  })
  load()
  await expect(page.getByRole('dialog').getByRole('combobox')).toHaveValue('token')
  await page.keyboard.type('s')
  await expect(page.getByRole('dialog').getByRole('combobox')).toHaveValue('tokens')
})

test('a search that can’t be loaded says so, and shortcuts work again', async ({ page }) => {
  // The search comes when the page is idle: here it never is.
  await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }))
  await openBusy(page, '/lessons/errors')
  await page.route(/SearchDialog|healthz/, (route) => route.abort('connectionrefused'))
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(page.getByText('The server isn’t responding.')).toBeVisible({ timeout: 5_000 })
  }).toPass()
  await page.keyboard.press('j')
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('status codes')
})

test('Ctrl+K opens no second dialog over an open one', async ({ page }) => {
  await open(page, '/playground')
  await page.getByRole('button', { name: 'Paste curl' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await staying(page, () => page.keyboard.press('Control+k'))
  await expect(page.getByRole('dialog')).toHaveAccessibleName('Paste curl')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Search and commands' })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(1)
})

test('both sides of an interview can type every letter', async ({ page: host, browser, baseURL }) => {
  const room = await openedRoom(baseURL)
  await room.host({ type: 'go-to', question: 'q1' })
  await openAsHost(host, room)
  const candidate = await newVisitor(browser, baseURL)
  await openAsCandidate(candidate, room)
  const text = `${TYPED}日本tjk?`
  for (const [page, field] of [
    [candidate, candidate.getByLabel('Your answer')],
    [host, host.getByLabel('Notes on this question')],
  ] as const) {
    await field.click()
    await staying(page, () => page.keyboard.type(TYPED))
    await staying(page, () => compose(page, ['に', 'にほん'], '日本'))
    await staying(page, () => page.keyboard.type('tjk?'))
    await expect(field).toHaveValue(text)
  }
  await expect(host.getByRole('group', { name: /candidate’s answer/ })).toHaveText(text)
  await expect(candidate.getByText('Question 1 of 2', { exact: true })).toBeVisible()
})

/** Pages and dialogs with fields, and how to get there. */
const PLACES: Record<string, (page: Page, baseURL: string | undefined) => Promise<unknown>> = {
  home: (page) => open(page, '/'),
  lesson: (page) => open(page, '/lessons/pydantic-models'),
  'playground, JSON': (page) => open(page, '/playground?operation=create_user_users__post'),
  'playground, form': (page) => open(page, '/playground?operation=login_login_post'),
  'playground, text': async (page) => {
    await open(page, '/playground')
    await page.getByRole('combobox', { name: /^Body/ }).selectOption('text')
  },
  'playground, many at once': (page) => open(page, '/lessons/async-or-def?step=2'),
  'interview, prepare': (page) => open(page, '/interview/new'),
  'interview, own question': async (page) => {
    await open(page, '/interview/new')
    await page.getByRole('button', { name: 'Add your own question' }).click()
  },
  'interview, join': (page) => open(page, '/join'),
  'interview, dashboard': async (page, baseURL) => {
    const room = await openedRoom(baseURL)
    await open(page, `/interview/${room.id}#key=${room.key}`)
  },
  'interview, host': async (page, baseURL) => {
    const room = await openedRoom(baseURL)
    await room.host({ type: 'go-to', question: 'q1' })
    await openAsHost(page, room)
    await page.getByLabel('Notes on this question').waitFor()
  },
  'interview, candidate': async (page, baseURL) => {
    const room = await openedRoom(baseURL)
    await room.host({ type: 'go-to', question: 'q1' })
    await openAsCandidate(page, room)
    await page.getByRole('textbox', { name: 'Path' }).waitFor()
  },
}

for (const [name, reach] of Object.entries(PLACES)) {
  test(`no key pressed in a field acts on the page: ${name}`, async ({ page, baseURL }) => {
    await reach(page, baseURL)
    await page.locator('h1, dialog[open]').first().waitFor()
    const orders: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/commands'))
        orders.push(request.postData() ?? '')
    })
    const scope = (await page.locator('dialog[open]').count()) > 0 ? page.getByRole('dialog') : page
    const fields = scope.locator(
      [
        'input:not([type="checkbox"], [aria-keyshortcuts])',
        'textarea',
        'select',
        '[contenteditable]',
        '[role="textbox"]',
      ]
        .map((one) => `${one}:visible:not(:disabled)`)
        .join(', '),
    )
    await expect(fields.first()).toBeVisible()
    // What is chosen in a list by its first letter may bring fields or take them away.
    for (let at = 0; at < (await fields.count()); at += 1) {
      const field = fields.nth(at)
      const label = await field.evaluate((element) => element.outerHTML.slice(0, 200))
      await field.focus()
      await staying(
        page,
        async () => {
          for (const key of [...'tjk/?ghgpnbm1s3']) await page.keyboard.press(key)
          await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
        },
        label,
      )
    }
    expect(orders.filter((order) => !/"write(-notes)?"/.test(order))).toEqual([])
  })
}
