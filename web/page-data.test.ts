import { expect, test } from 'vitest'
import type { LessonPage } from '#contract/page.ts'
import { pageDataElement, readPageData } from './page-data.ts'

const lesson = {
  slug: '08-jwt',
  title: 'JWT </script><b>',
  html: { answer: '<p>A <code>token</code></p>', why: '<p>x</p>' },
} as unknown as LessonPage

test('a lesson is read back with the prose from the page, which holds it only once', () => {
  const element = pageDataElement({ lesson })
  expect(element).not.toContain('token')
  document.body.innerHTML = `${element}<div data-html="answer">${lesson.html.answer}</div><div data-html="why">${lesson.html.why}</div>`
  expect(readPageData(document)).toEqual({ lesson })
})

test('a page without data has none', () => {
  document.body.innerHTML = ''
  expect(readPageData(document)).toEqual({})
})
