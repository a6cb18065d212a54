import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import LoadFastApi from './LoadFastApi.vue'
import { mayDownloadUnasked } from '../../../original/size-text.ts'
import { originalSource } from '../../../original/source.ts'

const ready = { state: 'ready' as const, address: '/py/1/', bytes: 8_600_000 }
let bundle: Awaited<ReturnType<typeof originalSource.find>>
const loaded = vi.fn<(address: string) => Promise<void>>()

enableAutoUnmount(afterEach)
beforeEach(() => {
  setActivePinia(createPinia())
  bundle = ready
  loaded.mockReset().mockResolvedValue()
  vi.spyOn(originalSource, 'find').mockImplementation(async () => bundle)
  vi.spyOn(originalSource, 'loadAhead').mockImplementation(async (address, report) => {
    report({ stage: 'download', doneBytes: 4_300_000, totalBytes: 8_600_000 })
    await loaded(address)
  })
  device({})
  return () => vi.unstubAllGlobals()
})

/** A browser that says this of its connection, and of its pointer. */
function device(connection: object | undefined, media = ''): void {
  vi.stubGlobal('navigator', { connection })
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: media !== '' && query.includes(media) }))
}

async function lobby() {
  const page = mount(LoadFastApi)
  await flushPromises()
  return page
}

test.each([
  [{}, '', true],
  [undefined, '', true],
  [{ effectiveType: '4g' }, '', true],
  [{ type: 'wifi' }, 'coarse', true],
  [{ type: 'ethernet' }, '', true],
  [{ type: 'wifi', saveData: true }, '', false],
  [{ saveData: true }, '', false],
  [{ type: 'cellular', effectiveType: '4g' }, 'coarse', false],
  [{ type: 'unknown' }, 'coarse', false],
  [{ effectiveType: '3g' }, '', false],
  [{ effectiveType: '4g' }, 'coarse', false],
  [undefined, 'coarse', false],
  [undefined, 'prefers-reduced-data', false],
])('with %j and %j, a download may begin unasked: %s', (connection, media, may) => {
  device(connection, media)
  expect(mayDownloadUnasked()).toBe(may)
})

test('where it costs nothing, FastAPI is downloaded before the first question, once', async () => {
  let arrive = (): void => undefined
  loaded.mockReturnValue(new Promise((resolve) => (arrive = resolve)))
  const page = await lobby()
  expect(page.text()).toContain('a download of 8.6 MB')
  expect(page.get('[role="status"]').text()).toContain('Downloading it now')
  expect(page.get('progress').attributes('value')).toBe('4300000')
  arrive()
  await flushPromises()
  expect(page.get('[role="status"]').text()).toContain('Downloaded.')
  page.unmount()
  expect((await lobby()).text()).toContain('Downloaded.')
  expect(loaded.mock.calls).toEqual([['/py/1/']])
})

test('where it may cost something it waits for a button, and what breaks off can be tried again', async () => {
  device({ saveData: true })
  loaded.mockRejectedValueOnce(new Error('offline'))
  const page = await lobby()
  expect(loaded).not.toHaveBeenCalled()
  expect(page.get('button').text()).toBe('Download it now (8.6 MB)')
  await page.get('button').trigger('click')
  await flushPromises()
  expect(page.get('[role="status"]').text()).toContain('could not be downloaded')
  await page.get('button').trigger('click')
  await flushPromises()
  expect(page.get('[role="status"]').text()).toContain('Downloaded.')
})

test.each([{ state: 'absent' as const }, { state: 'preparing' as const }])(
  'a server without it says nothing of it: %j',
  async (state) => {
    bundle = state
    const page = await lobby()
    expect(page.text()).toBe('')
    expect(loaded).not.toHaveBeenCalled()
  },
)
