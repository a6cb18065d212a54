import { hasPdfText } from '../scripts/pdf-text.mjs'
import { open } from './support/page.ts'
import { notPrinted, printed, textsToPrint, type PaperSize } from './support/pdf.ts'
import { expect, test } from './support/test.ts'

test.skip(!hasPdfText(), 'pdftotext is not installed')

test('every lesson prints completely, on A4 and on Letter', async ({ page, request }) => {
  test.slow()
  const lessons = (await (await request.get('/interview-questions.json')).json()) as { slug: string }[]
  expect(lessons).toHaveLength(17)
  const lost: Record<string, { missing: string[]; cut: string[]; blank: number }> = {}
  for (const { slug } of lessons) {
    await open(page, `/lessons/${slug}`)
    const texts = await textsToPrint(page)
    expect(texts.length).toBeGreaterThan(30)
    for (const format of ['A4', 'Letter'] satisfies PaperSize[]) {
      const paper = await printed(page, format)
      const missing = notPrinted(texts, paper)
      const { cut, blank } = paper
      if (missing.length + cut.length + blank > 0) lost[`${slug} on ${format}`] = { missing, cut, blank }
    }
  }
  expect(lost).toEqual({})
})

test('no line is cut in two where a sheet ends, in Firefox neither @firefox', async ({ page }) => {
  for (const [slug, format] of [
    ['06-authentication', 'A4'],
    ['jwt', 'Letter'],
  ] as const) {
    await open(page, `/lessons/${slug}`)
    const { text, cut, blank } = await printed(page, format)
    expect(text).toContain('Keypoints')
    expect({ cut, blank }, `${slug} on ${format}`).toEqual({ cut: [], blank: 0 })
  }
})
