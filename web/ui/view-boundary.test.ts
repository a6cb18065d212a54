import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import ViewBoundary from './ViewBoundary.vue'

const Fragile = defineComponent({
  props: { text: { type: String, required: true } },
  setup: (props) => () => {
    if (props.text.startsWith('{')) throw new TypeError('no such key')
    return h('p', props.text)
  },
})

test('a view that fails to render is replaced by the plain text, and a different one renders again', async () => {
  const page = mount(
    defineComponent({
      props: { text: { type: String, required: true } },
      setup: (props) => () => [
        h('h1', 'Answer'),
        h(
          ViewBoundary,
          { subject: props.text },
          { default: () => h(Fragile, { text: props.text }), plain: () => h('pre', props.text) },
        ),
      ],
    }),
    { props: { text: 'fine' } },
  )
  await page.setProps({ text: '{broken' })
  await nextTick()
  expect(page.text()).toContain('Answer')
  expect(page.text()).toContain('This view can’t be shown: no such key')
  expect(page.get('pre').text()).toBe('{broken')
  await page.setProps({ text: 'fine again' })
  await nextTick()
  expect(page.get('p').text()).toBe('fine again')
  expect(page.find('pre').exists()).toBe(false)
})
