import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import KeyPoints from './KeyPoints.vue'

const points = ['PUT is idempotent', 'POST is not']
const reworded = [{ was: 'PUT may be repeated', now: 'PUT is idempotent' }]

test('a point that was ticked in its former words is ticked in the new ones', async () => {
  const list = mount(KeyPoints, { props: { points, reworded, named: [] } })
  expect(list.emitted('name')).toBeUndefined()
  // As on a page: what was stored is read once the page is mounted.
  await list.setProps({ named: ['PUT may be repeated'] })
  expect(list.emitted('name')).toEqual([
    ['PUT may be repeated', false],
    ['PUT is idempotent', true],
  ])
  await list.setProps({ named: ['PUT is idempotent'] })
  expect(list.emitted('name')).toHaveLength(2)
  expect(list.text()).toContain('1 of 2')
})
