import { faultsInBothThemes } from './support/axe.ts'
import { LEARNER_PAGES } from './support/learner-pages.ts'
import { open } from './support/page.ts'
import { answerQuiz, practiceSets, quizOnPage } from './support/practice.ts'
import { expect, test, type Page } from './support/test.ts'
import { retype } from './support/typing.ts'

/** Whether this server was built with the original or not. */
const offerOriginal = (page: Page) =>
  page.route('**/api/original', (route) =>
    route.fulfill({ json: { state: 'ready', address: '/py/none/', bytes: 8_300_000 } }),
  )

/** Each page and state, and how to get there. */
const states: Record<string, (page: Page) => Promise<unknown>> = {
  home: (page) => open(page, '/'),
  'home, filtered to nothing': async (page) => {
    await open(page, '/?level=deeper&topic=no-such-topic')
    await page.getByRole('button', { name: 'Show all' }).waitFor()
  },
  about: (page) => open(page, '/about'),
  glossary: (page) => open(page, '/glossary'),
  practice: (page) => open(page, '/practice'),
  'a question to say': async (page) => {
    await open(page, '/practice?question=12-errors')
    await page.getByRole('button', { name: 'Start the clock' }).click()
    await page.getByRole('timer').waitFor()
  },
  'an answer checked': async (page) => {
    await open(page, '/practice?question=12-errors')
    await page.getByLabel('Your answer').pressSequentially('A status code')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: 'Ask me one' }).click()
    await page.getByText('Show what to say').click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Choose the sentence').waitFor()
  },
  'an answer saved': async (page) => {
    await open(page, '/practice?question=12-errors')
    await page.getByRole('button', { name: 'Show the answer' }).click()
    await page.getByRole('radio').nth(2).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('What you missed').click()
    await page.getByRole('button', { name: /^Delete/ }).click()
  },
  'the tasks': async (page) => {
    await open(page, '/practice/tasks')
    await page.getByRole('link', { name: 'Exactly two problems' }).waitFor()
  },
  'a task with a near miss, all hints and the solution': async (page) => {
    await open(page, '/practice/tasks?task=12-errors/router-404')
    await page.getByRole('button', { name: 'Start the task' }).click()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('Close, but no').waitFor()
    for (const name of ['Hint', 'Next hint', 'Next hint', 'Show the solution'])
      await page.getByRole('button', { name }).click()
    await page.getByRole('heading', { name: 'The solution' }).waitFor()
  },
  'a task passed': async (page) => {
    await open(page, '/practice/tasks?task=12-errors/router-404')
    await page.getByRole('button', { name: 'Start the task' }).click()
    await retype(page.getByRole('textbox', { name: 'Path' }), '/user')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('What was checked').click()
  },
  'the bugs': async (page) => {
    await offerOriginal(page)
    await open(page, '/practice/bugs')
    await page.getByText('a download of 8.3 MB').waitFor()
    await page.getByRole('link', { name: 'Everybody’s hash is on display' }).waitFor()
  },
  'a bug with all hints and the solution': async (page) => {
    await offerOriginal(page)
    await open(page, '/practice/bugs/password-hashing/hash-in-the-response')
    await page.getByRole('button', { name: 'Start FastAPI (8.3 MB)' }).waitFor()
    await page.locator('.cm-line').first().waitFor()
    for (const name of ['Hint', 'Next hint', 'Next hint', 'Show the solution'])
      await page.getByRole('button', { name }).click()
    await page.getByRole('button', { name: 'Put it into the editor' }).click()
    await page.getByRole('button', { name: 'What I changed (1)' }).click()
  },
  'the quizzes': async (page) => {
    await open(page, '/practice/quiz')
    await page.getByRole('link', { name: 'Errors and status codes' }).waitFor()
  },
  'a wrong answer to a quiz': async (page) => {
    const sets = await practiceSets(page)
    await open(page, '/practice/quiz?lesson=12-errors')
    await answerQuiz(page, await quizOnPage(page, sets), false)
  },
  'cramming, set up': async (page) => {
    await open(page, '/review?cram')
    await page.getByRole('button', { name: 'Start' }).waitFor()
  },
  'a card of the review': async (page) => {
    await open(page, '/review')
    await page.getByRole('button', { name: 'Suspend' }).click()
    await page.getByText('1 suspended').click()
    await page.getByRole('button', { name: 'Show the answer' }).click()
    await page.getByRole('button', { name: /Good/ }).waitFor()
  },
  'the review, done for today': async (page) => {
    await open(page, '/review')
    await page.getByLabel('New cards a day').fill('0')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Done for today' }).waitFor()
  },
  progress: async (page) => {
    await open(page, '/progress')
    await page.getByRole('heading', { name: 'The coming days' }).waitFor()
  },
  'progress after an answer, with its tables': async (page) => {
    await open(page, '/practice?question=12-errors')
    await page.getByRole('button', { name: 'Show the answer' }).click()
    await page.getByRole('radio').nth(2).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await open(page, '/progress')
    for (const summary of await page.getByText('As a table').all()) await summary.click()
  },
  'a copy of the study log': async (page) => {
    await open(page, '/progress')
    await page.getByRole('button', { name: 'Keep a copy on this server' }).click()
    await page.getByText('Copied just now.').waitFor()
    await page.getByRole('img', { name: 'QR code of the link to your copy' }).waitFor()
  },
  'a link to a copy, opened': async (page) => {
    await open(page, `/progress#copy=${'A'.repeat(43)}`)
    await page.getByRole('button', { name: 'Only look' }).waitFor()
  },
  'a mock interview': async (page) => {
    await open(page, '/practice/mock')
    await page.getByRole('button', { name: 'Start the interview' }).click()
    await page.getByText('Question 1 of 5').waitFor()
  },
  'the result of a mock interview': async (page) => {
    await open(page, '/practice/mock')
    await page.getByRole('button', { name: 'Start the interview' }).click()
    await page.getByRole('button', { name: 'Show the answer' }).click()
    await page.getByRole('radio').first().check()
    await page.getByRole('button', { name: 'Go on to a follow-up' }).click()
    await page.getByRole('button', { name: 'Save and go on' }).click()
    await page.getByText('Question 2 of 5').waitFor()
    await page.getByRole('button', { name: 'End the interview' }).click()
    await page.getByRole('heading', { name: 'How it went' }).waitFor()
  },
  'FastAPI in this tab, with a changed file': async (page) => {
    await offerOriginal(page)
    await open(page, '/original?lesson=12-errors&file=routers/items.py&line=14')
    await page.getByRole('button', { name: 'Start FastAPI (8.3 MB)' }).waitFor()
    await page.locator('.cm-line').first().click()
    await page.keyboard.type('# ')
    await page.getByRole('button', { name: 'What I changed (1)' }).click()
    await page.getByText('What is not original here').click()
  },
  'a fact, changed': async (page) => {
    await offerOriginal(page)
    await open(page, '/original/fact?lesson=database-connection&id=engine-is-lazy')
    await page.getByRole('button', { name: 'Start FastAPI (8.3 MB)' }).waitFor()
    await page.locator('.cm-line').first().click()
    await page.keyboard.type('# ')
    await page.getByRole('button', { name: 'What I changed' }).click()
  },
  'a fact that a tab can’t run': async (page) => {
    await open(page, '/original/fact?lesson=what-is-fastapi&id=flask-side-by-side')
    await page.locator('.cm-line').first().waitFor()
  },
  'a response of both, to be started': async (page) => {
    await offerOriginal(page)
    await open(page, '/playground')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('button', { name: 'Both', exact: true }).click()
    await page.getByRole('button', { name: 'Start FastAPI (8.3 MB)' }).waitFor()
  },
  playground: async (page) => {
    await open(page, '/playground')
    await page.getByRole('button', { name: 'Send' }).first().waitFor()
  },
  'not found': (page) => open(page, '/no/such/page'),
  'a page that did not load': async (page) => {
    await page.route('**/lessons/advantages.json*', (route) => route.fulfill({ status: 503 }))
    await open(page, '/lessons/errors')
    await page.getByRole('link', { name: /^Next/ }).click()
    await page.getByRole('button', { name: 'Try again' }).waitFor()
  },
  'lesson, all open': async (page) => {
    await open(page, '/lessons/errors')
    await page.getByRole('button', { name: /^Run step 1/ }).waitFor()
    for (const summary of await page.locator('main details summary').all()) await summary.click()
  },
  'lesson with a step run, inside and lines lit': async (page) => {
    await open(page, '/lessons/errors')
    await page.getByRole('button', { name: /^Run step 1/ }).click()
    await page.getByRole('link', { name: 'Confirmed by step 1' }).first().waitFor()
    await page.getByRole('tab', { name: 'Inside' }).click()
    await page
      .getByRole('button', { name: /get_user/ })
      .first()
      .click()
    await page.locator('.is-lit').first().waitFor()
  },
  'the server does not answer': async (page) => {
    await open(page, '/lessons/async')
    await page.getByRole('button', { name: /^Run step 1/ }).waitFor()
    await page.route(/\/(items|api|healthz)/, (route) => route.abort('connectionrefused'))
    await page.getByRole('button', { name: /^Run step 1/ }).click()
    await page.getByText('The server isn’t responding.').waitFor()
  },
  'two answers compared': async (page) => {
    await open(page, '/playground')
    for (const path of ['/users/1', '/users/999']) {
      await retype(page.getByRole('textbox', { name: 'Path' }), path)
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      await page.getByRole('tab', { name: 'History' }).click()
      await page.getByRole('checkbox', { name: new RegExp(`GET ${path}$`) }).check()
    }
    await page.getByRole('region', { name: 'Two responses side by side' }).waitFor()
  },
  'a token on the narrowest screen': async (page) => {
    await page.setViewportSize({ width: 320, height: 700 })
    await open(page, '/playground?operation=read_me_users_me_get')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('tab', { name: 'Token' }).click()
    await page.getByText(/^expires in/).waitFor()
  },
  'the lines of a step under it': async (page) => {
    await open(page, '/playground?operation=get_user_users__user_id__get')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('tab', { name: 'Inside' }).click()
    await page.getByRole('group', { name: 'Language' }).waitFor()
  },
  'a body that is no JSON, refused': async (page) => {
    await open(page, '/playground?operation=create_user_users__post')
    await page.getByRole('textbox', { name: 'JSON body' }).click()
    await page.locator('.cm-content').waitFor()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('{"name": ')
    await page.keyboard.press('ControlOrMeta+Enter')
    await page.locator('.status', { hasText: '422' }).waitFor()
    await page.locator('summary', { hasText: 'Response headers' }).click()
    await page.locator('summary', { hasText: 'Request as sent' }).click()
  },
  export: async (page) => {
    await open(page, '/lessons/authentication')
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('dialog').waitFor()
  },
  'search, nothing typed': async (page) => {
    await open(page, '/')
    await page.keyboard.press('/')
    await page.getByRole('dialog').getByRole('option').nth(16).waitFor()
  },
  'search, found': async (page) => {
    await open(page, '/')
    await page.keyboard.press('/')
    await page.getByRole('dialog').getByRole('combobox').pressSequentially('token')
    await page.getByRole('dialog').getByRole('option').first().waitFor()
  },
  'search, nothing found': async (page) => {
    await open(page, '/')
    await page.keyboard.press('/')
    await page.getByRole('dialog').getByRole('combobox').pressSequentially('qqqqzzzz')
    await page.getByText('No results for').waitFor()
  },
  keys: async (page) => {
    await open(page, '/')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
  },
}

for (const [name, reach] of Object.entries(states)) {
  test(`axe finds nothing: ${name}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await reach(page)
    expect(await faultsInBothThemes(page)).toEqual([])
  })
}

test('on a phone, axe finds nothing in light and in dark, and no page scrolls sideways', async ({ page }) => {
  for (const path of LEARNER_PAGES) {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.emulateMedia({ colorScheme: 'light' })
    await open(page, path)
    await page.waitForLoadState('networkidle')
    expect(await faultsInBothThemes(page), path).toEqual([])
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 })
      const found = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(found, `${path} at ${width}`).toBe(width)
    }
  }
})
