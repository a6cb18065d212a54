import { mount, RouterLinkStub } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.resetModules())

/** The tabs of practice, and the addresses that have a page of practice. */
async function pages(has: { hasQuizzes: boolean; hasTasks: boolean; hasBugs: boolean }) {
  vi.doMock('virtual:has-practice', () => has)
  const [{ default: StudyNav }, { studyPages }] = await Promise.all([
    import('./StudyNav.vue'),
    import('../router.ts'),
  ])
  const nav = mount(StudyNav, { global: { stubs: { RouterLink: RouterLinkStub } } })
  return { tabs: nav.findAll('a').map((tab) => tab.text()), paths: studyPages.map(([path]) => path) }
}

test('a deck with tasks, quizzes and bugs has a tab and an address for each, one without them has none', async () => {
  const all = await pages({ hasQuizzes: true, hasTasks: true, hasBugs: true })
  expect(all.tabs).toEqual(['Say it', 'Quiz', 'Tasks', 'Bugs', 'Mock interview', 'Review', 'Progress'])
  expect(all.paths).toEqual(
    expect.arrayContaining(['/practice/quiz', '/practice/tasks', '/practice/bugs/:bug(.+/.+)?']),
  )
  vi.resetModules()
  const none = await pages({ hasQuizzes: false, hasTasks: false, hasBugs: false })
  expect(none.tabs).toEqual(['Say it', 'Mock interview', 'Review', 'Progress'])
  expect(none.paths.filter((path) => /quiz|tasks|bugs/.test(path))).toEqual([])
})
