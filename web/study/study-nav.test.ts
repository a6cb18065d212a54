import { mount, RouterLinkStub } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.resetModules())

/** The tabs of practice, and the addresses that have a page of practice. */
async function pages(has: { hasQuizzes: boolean; hasTasks: boolean }) {
  vi.doMock('virtual:has-practice', () => has)
  const [{ default: StudyNav }, { studyPages }] = await Promise.all([
    import('./StudyNav.vue'),
    import('../router.ts'),
  ])
  const nav = mount(StudyNav, { global: { stubs: { RouterLink: RouterLinkStub } } })
  return { tabs: nav.findAll('a').map((tab) => tab.text()), paths: studyPages.map(([path]) => path) }
}

test('a deck with tasks and quizzes has a tab and an address for each, one without them has neither', async () => {
  const all = await pages({ hasQuizzes: true, hasTasks: true })
  expect(all.tabs).toEqual(['Say it', 'Quiz', 'Tasks', 'Mock interview', 'Review', 'Progress'])
  expect(all.paths).toEqual(expect.arrayContaining(['/practice/quiz', '/practice/tasks']))
  vi.resetModules()
  const none = await pages({ hasQuizzes: false, hasTasks: false })
  expect(none.tabs).toEqual(['Say it', 'Mock interview', 'Review', 'Progress'])
  expect(none.paths.filter((path) => /quiz|tasks/.test(path))).toEqual([])
})
