import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import ScriptReads from './ScriptReads.vue'

test('the button shows what a script reads, and leaves no token behind', async () => {
  document.cookie = 'theme=dark'
  const reads = mount(ScriptReads, { props: { token: 'aaa.bbb.ccc' } })
  expect(reads.find('dl').exists()).toBe(false)
  await reads.get('button').trigger('click')
  const [stored, cookies] = reads.findAll('dd').map((each) => each.text())
  expect(stored).toBe('The token: aaa.bbb.ccc')
  expect(cookies).toContain('theme=dark')
  expect(cookies).toContain('HttpOnly')
  expect(JSON.stringify({ ...localStorage })).not.toContain('aaa')
})
