import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test } from 'vitest'
import type { RequestTrace, TraceStep } from '#contract/trace.ts'
import { PAGE_SOURCE } from '../../stores/deck.ts'
import type { Exchange } from '../run/exchange.ts'
import InsideView from './InsideView.vue'

// The tests' DOM has no layout to scroll.
Element.prototype.scrollIntoView = () => undefined

function traceOf(path: string, status: number, names: string[]): RequestTrace {
  const steps = names.map((name, index): TraceStep => {
    const detail = { kind: 'handler', summary: `About ${name}` } as const
    const times = { start: index, duration: 1, own: 1 }
    return { index, parent: null, name, kind: 'handler', title: name, ...times, verdict: 'ok', detail }
  })
  const startedAt = '2026-11-29T00:00:00Z'
  return { spanId: path, method: 'GET', path, status, startedAt, duration: 9, truncated: false, steps }
}

test('Start-up comes before the requests, and Inside begins with the request', async () => {
  const trace = {
    id: 'a'.repeat(32),
    startUp: traceOf('main.py', 0, ['main.lifespan', 'database.create_all']),
    requests: [traceOf('/users', 307, ['main.routers']), traceOf('/users/', 200, ['users.list_users'])],
  }
  const exchange = { trace, outcome: { kind: 'answer' } } as unknown as Exchange
  const source = { cards: () => Promise.resolve([]), lesson: () => Promise.resolve(null) }
  const view = mount(InsideView, {
    props: { exchange, slug: '', code: false },
    global: { plugins: [createPinia()], provide: { [PAGE_SOURCE as symbol]: source } },
  })
  await flushPromises()
  const choices = view.findAll('[role=group][aria-label="What happened, in order"] button')
  expect(choices.map((each) => [each.text(), each.attributes('aria-pressed')])).toEqual([
    ['Start-up', 'false'],
    ['1. /users → 307', 'true'],
    ['2. /users/ → 200', 'false'],
  ])
  expect(view.text()).toContain('About main.routers')
  await choices[0]!.trigger('click')
  expect(view.text()).toContain('database.create_all')
  expect(view.text()).not.toContain('main.routers')
})
