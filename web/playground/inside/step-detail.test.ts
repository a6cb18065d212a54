import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test } from 'vitest'
import type { StepDetail as StepDetailData, TraceStep } from '#contract/trace.ts'
import { renderSite } from '../../../deck/render/site.ts'
import { PAGE_SOURCE } from '../../stores/deck.ts'
import StepDetail from './StepDetail.vue'

/** The chosen step as Inside shows it beside one lesson of a deck. */
async function detailOf(
  name: string,
  folder: string,
  slug: string,
  detail: StepDetailData = { kind: 'handler', summary: '' },
) {
  const { cards } = await renderSite(folder, process.cwd())
  const step: TraceStep = {
    index: 0,
    parent: null,
    name,
    kind: 'handler',
    title: 'A step',
    start: 0,
    duration: 1,
    own: 1,
    verdict: 'ok',
    detail,
  }
  const wrapper = mount(StepDetail, {
    props: { step, slug, code: false },
    global: {
      plugins: [createPinia()],
      provide: { [PAGE_SOURCE as symbol]: { cards: async () => cards, lesson: async () => null } },
    },
  })
  await flushPromises()
  return wrapper
}

test.each([
  ['content/lessons', 'auth.decode_token', '/lessons/jwt', 'Explained in lesson 8, JWT'],
  ['content/lessons', 'users.delete_user', '/lessons/errors', 'Explained in lesson 12'],
  ['deck/testing/second-deck', 'users.delete_user', '/lessons/idempotence', 'lesson 2, Idempotence'],
  ['deck/testing/second-deck', 'users.get_user', '/lessons/safe-methods', 'lesson 1, Safe methods'],
  ['deck/testing/second-deck', 'body.parse', '/lessons/media-types', 'lesson 3, Media types'],
])('in %s, the step %s links to %s', async (folder, name, href, text) => {
  const link = (await detailOf(name, folder, '')).get('footer a')
  expect(link.attributes('href')).toBe(href)
  expect(link.text()).toContain(text)
})

test('a step has no link where no lesson explains it, nor on the page of the lesson that does', async () => {
  const deck = 'deck/testing/second-deck'
  expect((await detailOf('auth.login', deck, '')).find('footer a').exists()).toBe(false)
  expect((await detailOf('body.parse', deck, 'media-types')).find('footer a').exists()).toBe(false)
})

test.each<[string, StepDetailData, string]>([
  [
    'the salt of a hash',
    {
      kind: 'password',
      action: 'hash',
      algorithm: 'bcrypt',
      cost: 10,
      match: null,
      salt: 'Bbjng0RFnYanarYtAmLx6.',
    },
    'Salt: Bbjng0RFnYanarYtAmLx6.',
  ],
  [
    'the session of a statement',
    {
      kind: 'store',
      session: '0a1b2c3d',
      operation: 'select',
      table: 'users',
      sql: 'SELECT 1',
      rows: 2,
      changes: [],
    },
    '2 rows read in users, by session 0a1b2c3d.',
  ],
  [
    'where a plain def ran',
    { kind: 'handler', ranIn: 'threadpool', summary: 'Called.' },
    'Called. It is a plain def, so it ran in a thread of the pool.',
  ],
  [
    'where an async def ran',
    { kind: 'dependency', cached: false, ranIn: 'event loop', summary: 'Called.' },
    'Called. It is an async def, so it ran on the event loop.',
  ],
])('a step shows %s', async (_what, data, text) => {
  const shown = await detailOf('auth.login', 'deck/testing/second-deck', '', data)
  expect(shown.text().replaceAll(/\s+/g, ' ')).toContain(text)
})
