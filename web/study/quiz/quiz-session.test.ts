import { mount, RouterLinkStub } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test } from 'vitest'
import type { PracticeSet } from '#contract/practice.ts'
import { quizItems } from './quiz-items.ts'
import QuizSession from './QuizSession.vue'

const set: PracticeSet = {
  ...{ slug: '03-orm', name: 'orm', number: 3, title: 'ORM', tasks: [], bugs: [] },
  misconceptions: [{ id: 'add-saves', belief: '`add()` writes <b>rows</b>', truth: '`commit()` does.' }],
  quizzes: [
    {
      ...{ id: 'a', kind: 'predict', ask: '<p>Saved?</p>', code: null, order: null, why: '<p>No.</p>' },
      choices: [
        {
          ask: '',
          options: [
            { says: 'Yes', feedback: '<p>Not yet.</p>', misconception: 'add-saves' },
            { says: 'No', feedback: null, misconception: null },
          ],
          right: 1,
        },
      ],
    },
  ],
}

test('what was mixed up is shown as text whose words between backticks are code', async () => {
  const session = mount(QuizSession, {
    attachTo: document.body,
    props: { items: quizItems([set]), sets: [set] },
    global: { plugins: [createPinia()], stubs: { RouterLink: RouterLinkStub } },
  })
  window.scrollTo = () => undefined
  for (let round = 0; round < 2; round += 1) {
    const wrong = session.findAll('label').find((label) => label.text().includes('Yes'))
    await wrong?.find('input').setValue(true)
    await session
      .findAll('button')
      .find((button) => button.text().startsWith('Check'))
      ?.trigger('click')
    await session
      .findAll('button')
      .find((button) => button.text().startsWith('Go on'))
      ?.trigger('click')
  }
  expect(session.find('dt').html()).toContain('<code>add()</code> writes &lt;b&gt;rows&lt;/b&gt;')
  expect(session.find('dd').html()).toContain('<code>commit()</code> does.')
  session.unmount()
})
