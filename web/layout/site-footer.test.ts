import { mount, RouterLinkStub } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.resetModules())

async function links(hasGlossary: boolean): Promise<string[]> {
  vi.doMock('virtual:has-glossary', () => ({ hasGlossary }))
  const { default: SiteFooter } = await import('./SiteFooter.vue')
  const footer = mount(SiteFooter, { global: { stubs: { RouterLink: RouterLinkStub } } })
  return footer.findAllComponents(RouterLinkStub).map((link) => String(link.props('to')))
}

test('the footer links to the glossary, unless the deck has no terms', async () => {
  expect(await links(true)).toContain('/glossary')
  vi.resetModules()
  expect(await links(false)).toEqual(['/original', '/cheat-sheet', '/about'])
})
