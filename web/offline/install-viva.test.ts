import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let shown: VueWrapper | undefined

/** The component on a page that was just loaded. */
async function onFreshPage({ isSecure = true, isApp = false } = {}): Promise<VueWrapper> {
  vi.resetModules()
  vi.stubGlobal('isSecureContext', isSecure)
  vi.stubGlobal('matchMedia', () => ({ matches: isApp }))
  const { default: InstallViva } = await import('./InstallViva.vue')
  shown = mount(InstallViva)
  await flushPromises()
  return shown
}

/** The browser offers to install, as `public/early.js` keeps it. */
function offer(outcome: string) {
  const event = Object.assign(new Event('beforeinstallprompt'), { prompt: vi.fn(async () => ({ outcome })) })
  Object.assign(window, { vivaInstall: event })
  return event
}

beforeEach(() => Reflect.deleteProperty(window, 'vivaInstall'))
afterEach(() => {
  shown?.unmount()
  vi.unstubAllGlobals()
})

test('where the browser offers it, one button installs Viva', async () => {
  const { prompt } = offer('accepted')
  const page = await onFreshPage()
  await page.get('button').trigger('click')
  await flushPromises()
  expect(prompt).toHaveBeenCalledOnce()
  expect(page.text()).toBe('Viva is installed on this device.')
})

test('an offer that comes later shows the button, and one that was declined leads to the way by hand', async () => {
  const page = await onFreshPage()
  expect(page.find('button').exists()).toBe(false)
  expect(page.text()).toContain('Add to Home Screen')
  dispatchEvent(offer('dismissed'))
  await flushPromises()
  await page.get('button').trigger('click')
  await flushPromises()
  expect(page.find('button').exists()).toBe(false)
  expect(page.text()).toContain('How to install Viva')
})

test('the installed app says so, and plain HTTP says why it can’t be', async () => {
  expect((await onFreshPage({ isApp: true })).text()).toBe('Viva is installed on this device.')
  expect((await onFreshPage({ isSecure: false })).text()).toContain('over HTTPS')
})
