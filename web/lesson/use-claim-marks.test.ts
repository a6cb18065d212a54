import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent, h, nextTick, ref, useTemplateRef } from 'vue'
import { stepOfClick, useClaimMarks } from './use-claim-marks.ts'

/** As the build writes marked sentences. */
const note = (step: number, claims: string) =>
  `<a class="claim-ref" href="?step=${step}#playground" aria-label="Proved by step ${step}: a sentence" data-step="${step}" data-claims="${claims}"><span class="number">${step}</span></a>`
const html =
  `<p><span class="claim" data-claims="one two">One thing</span>.${note(1, 'one')}${note(2, 'two')} ` +
  `<a href="/x"><span class="claim" data-claims="other">Another</span></a> thing.${note(3, 'other')}</p>`

function prose(held: readonly string[]) {
  const seen = ref(held)
  const pointed = ref<readonly string[]>([])
  const wrapper = mount(
    defineComponent(() => {
      const root = useTemplateRef<HTMLElement>('root')
      useClaimMarks(root, seen, pointed)
      return () => h('article', { ref: 'root', innerHTML: html })
    }),
    { attachTo: document.body },
  )
  return { wrapper, seen, pointed }
}

test('a sentence is marked as confirmed once all its claims are', async () => {
  const { wrapper, seen } = prose(['one'])
  expect(wrapper.findAll('.claim.is-held')).toHaveLength(0)
  expect(wrapper.get('[data-step="1"]').classes()).toContain('is-held')
  expect(wrapper.get('[data-step="1"]').attributes('aria-label')).toBe('Confirmed by step 1: a sentence')
  seen.value = ['one', 'two']
  await nextTick()
  expect(wrapper.get('.claim').classes()).toContain('is-held')
  seen.value = []
  await nextTick()
  expect(wrapper.get('[data-step="1"]').attributes('aria-label')).toBe('Proved by step 1: a sentence')
})

test('claims that are pointed at elsewhere highlight their sentences and numbers', async () => {
  const { wrapper, pointed } = prose([])
  pointed.value = ['two']
  await nextTick()
  expect(wrapper.findAll('.is-pointed').map((found) => found.text().trim())).toEqual(['One thing', '2'])
  pointed.value = []
  await nextTick()
  expect(wrapper.findAll('.is-pointed')).toHaveLength(0)
})

test('a click on a number or a sentence selects its step; links, selections and modified clicks do not', () => {
  const { wrapper } = prose([])
  const root = wrapper.element as HTMLElement
  const click = (target: Element | null, init: MouseEventInit = {}): number | null => {
    let step: number | null = null
    const listen = (event: MouseEvent) => {
      step = stepOfClick(event, root)
      event.preventDefault()
    }
    root.addEventListener('click', listen, { once: true })
    target?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }))
    return step
  }
  expect(click(root.querySelector('[data-step="2"]'))).toBe(2)
  expect(click(root.querySelector('[data-claims="one two"]'))).toBe(1)
  expect(click(root.querySelector('a[href="/x"] .claim'))).toBeNull()
  expect(click(root.querySelector('[data-step="2"]'), { ctrlKey: true })).toBeNull()
  expect(click(root.querySelector('p'))).toBeNull()
  getSelection()?.selectAllChildren(root)
  expect(click(root.querySelector('[data-step="2"]'))).toBeNull()
})
