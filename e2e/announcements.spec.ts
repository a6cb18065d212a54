import { listen } from './support/announcements.ts'
import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'

test('steps inside a request are announced, and the focus stays on the button', async ({ page }) => {
  const ears = await listen(page)
  await open(page, '/lessons/errors')
  await page.getByRole('button', { name: /^Run step 1/ }).click()
  await page.getByRole('tab', { name: 'Inside' }).click()
  await page.getByRole('list', { name: 'Steps, in order' }).waitFor()
  await page.getByRole('button', { name: 'Previous' }).focus()
  await ears.take()
  await page.keyboard.press('Enter')
  await expect.poll(ears.take).toEqual([expect.stringMatching(/^Step \d+ of \d+: \S/)])
  expect(await ears.focus()).toBe('Previous')
  await page.getByRole('button', { name: 'Play' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(ears.take).toContainEqual(expect.stringMatching(/^Step 1 of \d+: Sandbox chosen$/))
})

test('tabs are named and keep the focus; copying is announced', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-write'])
  const ears = await listen(page)
  await open(page, '/playground')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('tab', { name: 'Response' }).focus()
  for (const name of ['Inside', 'Store']) {
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('tab', { name })).toBeFocused()
    await expect(page.getByRole('tabpanel', { name })).toBeVisible()
  }
  await page.getByRole('tab', { name: 'Response' }).click()
  await page.getByRole('button', { name: 'Copy the body' }).focus()
  await ears.take()
  await page.keyboard.press('Enter')
  await expect.poll(ears.take).toContain('Copied')
  expect(await ears.focus()).toBe('Copy the body')
})

test('a search says how much it found', async ({ page }) => {
  const ears = await listen(page)
  await open(page, '/')
  await page.keyboard.press('/')
  await page.getByRole('dialog').getByRole('option').nth(16).waitFor()
  await page.keyboard.type('token')
  await expect(page.getByText(/^\d+ results$/)).toHaveCount(1)
  await expect.poll(ears.take).toContainEqual(expect.stringMatching(/^\d+ results$/))
})

test('links and steps have names of their own', async ({ page }) => {
  await open(page, '/lessons/authentication')
  const steps = page.locator('.steps .choose')
  await expect(steps.nth(1)).toHaveAccessibleName(/^2 ?, The wrong password ?, POST ?, not run$/)
  const names = await page
    .locator('.claim-ref')
    .evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')))
  expect(names.length).toBeGreaterThan(5)
  expect(new Set(names).size).toBe(names.length)
})

test('the number of a claim is never alone on a line', async ({ page }) => {
  await open(page, '/lessons/authentication')
  for (let width = 320; width <= 520; width += 20) {
    await page.setViewportSize({ width, height: 800 })
    const alone = await page.locator('.claim-ref').evaluateAll((links) =>
      links
        .filter((link) => {
          const before = document.createRange()
          const walker = document.createTreeWalker(
            link.closest('p, li, td') ?? document.body,
            NodeFilter.SHOW_TEXT,
          )
          let last: Text | null = null
          for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            if (link.contains(node)) break
            if (!node.parentElement?.closest('.claim-ref') && (node.textContent ?? '').trim() !== '')
              last = node as Text
          }
          if (last === null) return false
          const end = last.data.trimEnd().length
          before.setStart(last, end - 1)
          before.setEnd(last, end)
          const number = link.querySelector('.number')?.getBoundingClientRect()
          return number !== undefined && number.top > before.getBoundingClientRect().bottom
        })
        .map((link) => link.textContent),
    )
    expect({ width, alone }).toEqual({ width, alone: [] })
  }
})
