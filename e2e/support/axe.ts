import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

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
  // No page has frames of another origin: without looking for them, axe needs no blank page of its own for each result.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  if (within !== undefined) axe.include(within)
  // The details of what passed are not wanted, and take longer to write than all else.
  axe.options({ resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) })
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
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
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
}
