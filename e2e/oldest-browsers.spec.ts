import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postcss from 'postcss'
import { parseAst } from 'vite'
import { currentBuild } from './support/app.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

interface Node {
  type: string
  regex?: { pattern: string; flags: string }
}

/** Takes from the page what Safari 15.4 lacks, so that whatever uses it without asking fails. */
async function asInSafari15(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const remove = (from: object, names: string[]): void => {
      for (const name of names) Reflect.deleteProperty(from, name)
    }
    remove(Array.prototype, ['toSorted', 'toReversed', 'toSpliced', 'with'])
    remove(Array, ['fromAsync'])
    remove(URL, ['canParse', 'parse'])
    remove(AbortSignal, ['timeout', 'any'])
    remove(Promise, ['withResolvers', 'try'])
    remove(Object, ['groupBy'])
    remove(Map, ['groupBy'])
    remove(String.prototype, ['isWellFormed', 'toWellFormed'])
    remove(Set.prototype, ['union', 'intersection', 'difference', 'isSubsetOf', 'isSupersetOf'])
    remove(Document.prototype, ['adoptedStyleSheets', 'startViewTransition'])
    remove(DocumentFragment.prototype, ['adoptedStyleSheets'])
    remove(ShadowRoot.prototype, ['adoptedStyleSheets'])
    remove(HTMLElement.prototype, ['popover', 'showPopover'])
    remove(window, [
      'requestIdleCallback',
      'cancelIdleCallback',
      'scheduler',
      'navigation',
      'CompressionStream',
    ])
  })
}

/** What every script and style of the build holds that Safari 15.4 can't read, by file. */
async function tooYoung(folder: string): Promise<string[]> {
  const found = new Set<string>()
  for (const file of await readdir(folder, { recursive: true })) {
    if (!/\.(m?js|css)$/.test(file)) continue
    const text = await readFile(join(folder, file), 'utf8')
    if (file.endsWith('.css')) {
      if (file.startsWith('docs-assets')) continue
      const styles = postcss.parse(text)
      styles.walkAtRules('media', ({ params }) => {
        if (/[<>]/.test(params)) found.add(`${file}: a range in @media ${params}`)
      })
      styles.walkDecls(({ prop, value }) => {
        if (/color-mix\(|light-dark\(/.test(value)) found.add(`${file}: ${prop}: ${value}`)
      })
      styles.walkRules(({ selector, parent }) => {
        if (parent?.type === 'rule') found.add(`${file}: nested ${selector}`)
      })
      continue
    }
    // To parse every script takes a minute on a busy machine.
    if (!/\(\?<[=!]|\(\?[-ims]+:|static\s*\{|\/[dgimsuy]*v[dgimsuy]*[.,;)\]}]/.test(text)) continue
    JSON.stringify(parseAst(text), (_, value: Node | null) => {
      if (value?.type === 'StaticBlock') found.add(`${file}: a static block`)
      const { pattern, flags } = value?.regex ?? { pattern: '', flags: '' }
      if (/\(\?<[=!]|\(\?[-ims]+:/.test(pattern) || /v/.test(flags))
        found.add(`${file}: /${pattern}/${flags}`)
      return typeof value === 'bigint' ? String(value) : value
    })
  }
  return [...found]
}

test('no script or style of the build needs more than the oldest browsers can read', async () => {
  expect(await tooYoung(join(await currentBuild(), 'client'))).toEqual([])
})

test('a lesson is learned in Safari 15: a body is typed, steps run, a curl command is pasted', async ({
  page,
}) => {
  await asInSafari15(page)
  await open(page, '/lessons/pydantic-models')
  const body = page.getByRole('textbox', { name: 'JSON body' })
  await body.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('{"name": "Eve"}')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.status')).toHaveText('422 Unprocessable Content')

  await page.getByRole('button', { name: 'Paste curl' }).click()
  await page.getByRole('textbox', { name: /curl/ }).pressSequentially('curl /users/ # all of them')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.status')).toHaveText('200 OK')

  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.getByText(/^All \d+ steps ran, /).first()).toBeVisible()
  await page.getByRole('tab', { name: 'Inside' }).click()
  await expect(page.locator('.timeline [aria-current="step"]')).toBeVisible()

  await page.goto('/original')
  await page.getByRole('textbox', { name: 'main.py' }).pressSequentially('#')
  await expect(page.getByRole('button', { name: 'Reset this file' })).toBeVisible()
})

test('a browser that is too old for the scripts says so, and the lesson can be read', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(Array.prototype, 'findLast'))
  await page.route('**/assets/*.js', (route) => route.abort())
  await page.goto('/lessons/authentication')
  await expect(page.getByText('This browser is too old')).toBeInViewport()
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport()
})
