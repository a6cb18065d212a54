import { stepAsked } from '#contract/addresses.ts'
import {
  expectSame,
  randomOf,
  recordSends,
  settled,
  viewOf,
  type PlainView,
} from './support/playground-view.ts'
import { clickIfShown, open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'
import { retype } from './support/typing.ts'

const send = (page: Page) => page.getByRole('button', { name: /^(Send|Run step .*)$/ })
const operation = (page: Page, name: string) =>
  page
    .locator('.operations button')
    .filter({ hasText: new RegExp(`^\\s*${name.replace(/[{}/]/g, '\\$&')}$`) })
/** A request that was sent is one line, until someone opens it. */
async function unfold(page: Page): Promise<void> {
  await clickIfShown(page.getByRole('button', { name: 'Edit the request' }))
}
const origin = (page: Page) => page.locator('.origin')

test('an operation selected after an edit is the one that is sent, and the edit is kept', async ({
  page,
}) => {
  const sends = recordSends(page)
  await open(page, '/playground?operation=list_users_users__get')
  await page.getByRole('radio', { name: 'Ada' }).check()
  await operation(page, 'GET\\s*/users/me').click()
  await expect(page.getByRole('textbox', { name: 'Path' })).toHaveValue('/users/me')
  await expect(page).toHaveURL('/playground?operation=read_me_users_me_get')
  await send(page).click()
  await expect(page.locator('.status')).toHaveText('200 OK')
  expect(sends.at(-1)).toEqual({ method: 'GET', path: '/users/me', body: null })
  await page.goBack()
  await expect(page.getByRole('radio', { name: 'Ada' })).toBeChecked()
  await expect(page.getByRole('textbox', { name: 'Path' })).toHaveValue(/^\/users\//)
  await expect(page.locator('.status')).toHaveCount(0)
  await page.getByRole('button', { name: 'Reset to original' }).click()
  await expect(page.getByRole('radio', { name: 'nobody' })).toBeChecked()
  await expect(page.getByText('Edited')).toHaveCount(0)
})

test('a request edited into another one is no longer highlighted, and the operation is unchanged', async ({
  page,
}) => {
  await open(page, '/playground?operation=read_me_users_me_get')
  await page.getByRole('textbox', { name: 'Path' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type('dian')
  await expect(page.getByRole('textbox', { name: 'Path' })).toHaveValue('/users/median')
  await expect(page.getByRole('textbox', { name: 'Path' })).toBeFocused()
  await expect(page.locator('.operations [aria-current]')).toHaveCount(0)
  await expect(page).toHaveURL('/playground')
  await operation(page, 'GET\\s*/users/me').click()
  await expect(page.getByRole('textbox', { name: 'Path' })).toHaveValue('/users/me')
  await page.getByRole('button', { name: 'Paste curl' }).click()
  await page
    .getByRole('dialog')
    .getByRole('textbox')
    .pressSequentially('curl -X DELETE https://api.example.com/users/2')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('The command names https://api.example.com')).toBeVisible()
  await expect(page.locator('.operations [aria-current]')).toHaveCount(0)
  await operation(page, 'GET\\s*/users/me').click()
  await expect(page.getByText('The command names https://api.example.com')).toHaveCount(0)
  await page.goBack()
  await expect(page.getByRole('combobox', { name: 'Method' })).toHaveValue('DELETE')
})

test('undo in one operation’s body never brings back another’s', async ({ page }) => {
  await open(page, '/playground?operation=create_user_users__post')
  const body = page.getByRole('textbox', { name: 'JSON body' })
  await body.click()
  await expect(page.locator('.cm-line').first()).toBeVisible()
  const [first] = await page.locator('.cm-line').allTextContents()
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.type('X')
  await operation(page, 'PATCH\\s*/users/{user_id}').click()
  await body.click()
  await expect(page.locator('.cm-line').first()).toBeVisible()
  const before = await page.locator('.cm-line').allTextContents()
  await page.keyboard.press('ControlOrMeta+z')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.locator('.cm-line')).toHaveText(before)
  await page.goBack()
  await expect(page.getByText('Invalid JSON')).toBeVisible()
  await page.getByRole('button', { name: 'Reset to original' }).click()
  await body.click()
  await expect(page.locator('.cm-line').first()).toHaveText(first ?? '')
})

test('Run all after an edit says that its response is to the original, and can restore that', async ({
  page,
}) => {
  await open(page, '/lessons/pydantic-models')
  await page.getByRole('textbox', { name: 'JSON body' }).click()
  await expect(page.locator('.cm-line').first()).toBeVisible()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('{"name": "Eve", "email": "eve@example.com", "password": "short"}')
  await send(page).click()
  await expect(page.locator('.status')).toHaveText('422 Unprocessable Content')
  await expect(origin(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.locator('.steps .number').last()).toHaveAttribute('data-state', /held|failed|sent/)
  await settled(page)
  await expect(page.locator('.status')).toHaveText('201 Created')
  await expect(origin(page)).toContainText(
    'This is the response to the original request, not to the edited one above',
  )
  await unfold(page)
  await expect(page.getByRole('textbox', { name: 'JSON body' })).toHaveValue(/"short"/)
  await page.getByRole('button', { name: 'Show that request' }).click()
  await expect(origin(page)).toHaveCount(0)
  await expect(page.getByText('Edited', { exact: true })).toHaveCount(0)
  await expect(page.getByRole('textbox', { name: 'JSON body' })).toHaveValue(/correct-horse/)
})

test('a response that arrives after another step was selected is not shown there', async ({ page }) => {
  await open(page, '/lessons/errors?step=1')
  let answer: () => void = () => undefined
  const wanted = new Promise<void>((resolve) => (answer = resolve))
  await page.route(
    (url) => url.pathname.startsWith('/users/'),
    async (route) => {
      await wanted
      await route.continue()
    },
  )
  await send(page).click()
  await expect(page.getByRole('button', { name: 'Stop' }).first()).toBeVisible()
  await page.locator('.steps li').nth(1).getByRole('button').first().click()
  answer()
  await expect(page.locator('.steps .number').first()).toHaveAttribute('data-state', 'held')
  await settled(page)
  await expect(page.getByText('Nothing sent yet')).toBeVisible()
  await expect(page.locator('.status')).toHaveCount(0)
  await page.locator('.steps li').first().getByRole('button').first().click()
  await expect(page.locator('.status')).toHaveText('404 Not Found')
})

/** What the page shows, once all its parts say the same: what the address says may follow by a moment. */
async function agreed(agree: () => Promise<PlainView>, what: string): Promise<PlainView> {
  const views: PlainView[] = []
  await expect(async () => void views.push(await agree()), what).toPass()
  return views[0] as PlainView
}

for (const seed of [1, 2, 3]) {
  test(`on a random walk the address, the highlight, the request and its response agree: ${seed}`, async ({
    page,
    request,
  }) => {
    test.setTimeout(900_000)
    const random = randomOf(seed)
    const sends = recordSends(page)
    const document = (await (await request.get('/openapi.json')).json()) as {
      paths: Record<string, Record<string, { operationId?: string }>>
    }
    const known = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({
        id: operationId ?? '',
        method: method.toUpperCase(),
        path,
      })),
    )
    await open(page, '/playground')
    await expect(page.locator('.operations button')).toHaveCount(known.length)
    const done: string[] = []

    const agree = async (): Promise<PlainView> => {
      const view = await viewOf(page)
      const what = done.join(' → ')
      const id = new URL(page.url()).searchParams.get('operation')
      const named = known.find((one) => one.id === id)
      expect(view.highlighted, what).toBe(named ? `${named.method} ${named.path}` : null)
      if (named) {
        expect(view.editor.method, what).toBe(named.method)
        expect(view.editor.path.split('?')[0], what).toMatch(
          new RegExp(`^${named.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
        )
      }
      if (view.answered && !view.differs) expectSame(view.answered, view.editor, what)
      return view.editor
    }

    const actions: Record<string, () => Promise<unknown>> = {
      choose: () => {
        const buttons = page.locator('.operations button')
        return buttons.nth(random(known.length)).click()
      },
      send: async () => {
        const shown = await agreed(agree, done.join(' → '))
        const before = sends.length
        await send(page).click()
        await settled(page)
        for (const one of sends.slice(before)) expectSame(one, shown, done.join(' → '))
        const { answered, differs } = await viewOf(page)
        if (sends.length > before && answered) {
          expectSame(answered, sends.at(-1) ?? shown, done.join(' → '))
          expect(differs).toBe(false)
        }
      },
      caller: () => page.getByRole('radio').nth(random(4)).check(),
      'edit the path': () => page.getByRole('textbox', { name: 'Path' }).press(`${random(10)}`),
      'type a path': () =>
        retype(
          page.getByRole('textbox', { name: 'Path' }),
          ['/users/me', '/users/2', '/items'][random(3)] ?? '',
        ),
      method: () =>
        page
          .getByRole('combobox', { name: 'Method' })
          .selectOption(['GET', 'POST', 'DELETE'][random(3)] ?? null),
      'edit the body': async () => {
        const body = page.getByRole('textbox', { name: 'JSON body' })
        await clickIfShown(body)
        if ((await body.count()) === 0) return
        await expect(page.locator('.cm-line').first()).toBeVisible()
        await page.keyboard.type(' ')
      },
      reset: async () => {
        await clickIfShown(page.getByRole('button', { name: 'Reset to original' }))
      },
      'send again': async () => {
        await page.getByRole('tab', { name: 'History' }).click()
        const again = page.getByRole('button', { name: /^Resend / })
        const count = await again.count()
        if (count > 0) await again.nth(random(count)).click()
        await settled(page)
        await page.getByRole('tab', { name: 'Response' }).click()
      },
      'open from the history': async () => {
        await page.getByRole('tab', { name: 'History' }).click()
        const kept = page.locator('.history .open')
        const count = await kept.count()
        if (count > 0) await kept.nth(random(count)).click()
        await page.getByRole('tab', { name: 'Response' }).click()
      },
      'show that request': async () => {
        await clickIfShown(page.getByRole('button', { name: 'Show that request' }))
      },
      // Until the browser is there, the page still shows the entry that is being left.
      back: () =>
        page.evaluate(async () => {
          const { back } = history.state as { back: string | null }
          if (back?.startsWith('/playground')) await navigation.back().finished
        }),
      forward: () =>
        page.evaluate(async () => {
          if (navigation.canGoForward) await navigation.forward().finished
        }),
      'paste curl': async () => {
        await page.getByRole('button', { name: 'Paste curl' }).click()
        await page.getByRole('dialog').getByRole('textbox').pressSequentially('curl -X PUT localhost/users/3')
        await page.keyboard.press('Control+Enter')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      },
      'search for the playground': async () => {
        await page.keyboard.press('Control+k')
        await page.getByRole('dialog').getByRole('combobox').pressSequentially('full-page playground')
        await page.keyboard.press('Enter')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      },
    }
    const names = [...Object.keys(actions), 'choose', 'choose', 'send', 'send', 'send']
    for (let turn = 0; turn < 40; turn += 1) {
      const name = names[random(names.length)] ?? ''
      done.push(name)
      await actions[name]?.()
      await agreed(agree, done.join(' → '))
    }
    expect(sends.length).toBeGreaterThan(3)
  })
}

for (const seed of [1, 2]) {
  test(`in a lesson, on a random walk, a response is only ever shown for the request that was sent: ${seed}`, async ({
    page,
  }) => {
    test.setTimeout(900_000)
    const random = randomOf(seed)
    const sends = recordSends(page)
    await open(page, '/lessons/errors')
    const rows = page.locator('.steps li')
    await expect(rows.first()).toBeVisible()
    const count = await rows.count()
    const { steps } = (await (await page.request.get('/lessons/errors.json')).json()) as {
      steps: { id: string }[]
    }
    const done: string[] = []

    const agree = async (): Promise<PlainView> => {
      await unfold(page)
      const view = await viewOf(page)
      const what = done.join(' → ')
      const place = stepAsked(new URL(page.url()).searchParams.get('step'), steps)
      expect(await rows.nth(place - 1).evaluate((row) => (row as HTMLElement).dataset.chosen), what).toBe(
        'true',
      )
      if (view.answered && !view.differs) expectSame(view.answered, view.editor, what)
      if (view.answered) {
        const { method, path, body } = view.answered
        expect(sends, what).toContainEqual({ method, path, body })
      }
      return view.editor
    }

    const actions: Record<string, () => Promise<unknown>> = {
      choose: async () => {
        const row = rows.nth(random(count))
        await row.getByRole('button').first().click()
        await expect(row).toHaveAttribute('data-chosen', 'true')
      },
      run: async () => {
        await rows.nth(random(count)).getByRole('button').click()
        await page.keyboard.press('r')
        await settled(page)
      },
      'run all': async () => {
        await page.getByRole('button', { name: 'Run all' }).click()
        await settled(page)
      },
      send: async () => {
        const shown = await agreed(agree, done.join(' → '))
        await send(page).click()
        await settled(page)
        const last = sends.at(-1)
        const { answered } = await viewOf(page)
        if (answered && last) expectSame(last, shown, done.join(' → '))
      },
      'send and choose another at once': async () => {
        await send(page).click()
        await rows.nth(random(count)).getByRole('button').first().click()
        await settled(page)
      },
      caller: async () => {
        await unfold(page)
        await page.getByRole('radio').nth(random(4)).check()
      },
      'edit the path': async () => {
        await unfold(page)
        await page.getByRole('textbox', { name: 'Path' }).press(`${random(10)}`)
      },
      reset: async () => {
        await unfold(page)
        await clickIfShown(page.getByRole('button', { name: 'Reset to original' }))
      },
      'send again': async () => {
        await page.getByRole('tab', { name: 'History' }).click()
        const again = page.getByRole('button', { name: /^Resend / })
        const kept = await again.count()
        if (kept > 0) await again.nth(random(kept)).click()
        await settled(page)
        await page.getByRole('tab', { name: 'Response' }).click()
      },
    }
    const names = [...Object.keys(actions), 'choose', 'send', 'run', 'edit the path']
    for (let turn = 0; turn < 30; turn += 1) {
      const name = names[random(names.length)] ?? ''
      done.push(name)
      await actions[name]?.()
      await agreed(agree, done.join(' → '))
    }
    expect(sends.length).toBeGreaterThan(3)
  })
}
