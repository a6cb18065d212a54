import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { waitInPage } from './page.ts'

/** The rules that look at colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds on a page, or in a part of it.
 * @param options.within a selector, by default the whole page
 * @param options.rules by default all
 * @returns each fault with its rule and elements
 */
export async function faultsOf(
  page: Page,
  { within, rules }: { within?: string; rules?: string[] } = {},
): Promise<string[]> {
  // Each document gets axe once, since reading it takes as long as some rules.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const violations = await page.evaluate(
    async ({ within, rules }) => {
      const { axe: loaded } = window as unknown as { axe: typeof axe }
      // The details of what passed are not wanted, and take longer to write than all else.
      const { violations } = await loaded.run(within ?? document, {
        resultTypes: ['violations'],
        ...(rules && { runOnly: { type: 'rule', values: rules } }),
      })
      return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))
    },
    { within, rules },
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.join(' ')}`)
}

/**
 * What axe finds on a page that is shown in light, and then in dark: the same document, so only its colours are looked at again.
 * @returns each fault with its theme, rule and elements
 */
export async function faultsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  await coloursSettled(page)
  const light = await faultsOf(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await coloursSettled(page)
  const dark = await faultsOf(page, { rules: COLOUR_RULES })
  return [...light.map((fault) => `light, ${fault}`), ...dark.map((fault) => `dark, ${fault}`)]
}

/** Colours may change over a moment. */
async function coloursSettled(page: Page): Promise<void> {
  await waitInPage(page, () => document.getAnimations().every(({ playState }) => playState !== 'running'))
}
