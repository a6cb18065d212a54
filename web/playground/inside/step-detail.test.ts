import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test } from 'vitest'
import type { TraceStep } from '#contract/trace.ts'
import { renderSite } from '../../../deck/render/site.ts'
import { PAGE_SOURCE } from '../../stores/deck.ts'
import StepDetail from './StepDetail.vue'

/** The chosen step as Inside shows it beside one lesson of a deck. */
async function detailOf(name: string, folder: string, slug: string) {
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
    detail: { kind: 'handler', summary: '' },
  }
  const detail = mount(StepDetail, {
    props: { step, slug, code: false },
    global: {
      plugins: [createPinia()],
      provide: { [PAGE_SOURCE as symbol]: { cards: async () => cards, lesson: async () => null } },
    },
  })
  await flushPromises()
  return detail
}

test.each([
  ['content/lessons', 'auth.decode_token', '/lessons/08-jwt', 'Explained in lesson 8, JWT'],
  ['content/lessons', 'users.delete_user', '/lessons/12-errors', 'Explained in lesson 12'],
  ['deck/testing/second-deck', 'users.delete_user', '/lessons/02-idempotence', 'lesson 2, Idempotence'],
  ['deck/testing/second-deck', 'users.get_user', '/lessons/01-safe-methods', 'lesson 1, Safe methods'],
  ['deck/testing/second-deck', 'body.parse', '/lessons/03-media-types', 'lesson 3, Media types'],
])('in %s, the step %s links to %s', async (folder, name, href, text) => {
  const link = (await detailOf(name, folder, '')).get('footer a')
  expect(link.attributes('href')).toBe(href)
  expect(link.text()).toContain(text)
})

test('a step has no link where no lesson explains it, nor on the page of the lesson that does', async () => {
  const deck = 'deck/testing/second-deck'
  expect((await detailOf('auth.login', deck, '')).find('footer a').exists()).toBe(false)
  expect((await detailOf('body.parse', deck, '03-media-types')).find('footer a').exists()).toBe(false)
})
