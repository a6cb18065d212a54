import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'

export type PaperSize = 'A4' | 'Letter'

/** Printed words in reading order, and words cut off by the edge of a sheet. */
export interface Printed {
  /** All text without spaces, since line breaks may fall anywhere. */
  text: string
  cut: string[]
  sheets: number
  /** Sheets without a word on them. */
  blank: number
}

/** Width and height in centimetres. */
const SIZES_CM = { A4: [21, 29.7], Letter: [21.59, 27.94] } as const

/** Width of the page margin in millimetres, as in `print.css`. */
const MARGIN_MM = 18
const POINTS_PER_MM = 72 / 25.4

/** Prints a page from the browser and reads the PDF. */
export async function printed(page: Page, format: PaperSize): Promise<Printed> {
  const pdf = await page.pdf(paper(page, format))
  const xml = execFileSync('pdftotext', ['-raw', '-bbox', '-', '-'], {
    input: pdf,
    maxBuffer: 64e6,
  }).toString()
  const cut: string[] = []
  let text = ''
  const sheets = xml.split(/<page /).slice(1)
  for (const sheet of sheets) {
    const height = Number(/height="([\d.]+)"/.exec(sheet)?.[1])
    for (const [, top, bottom, word = ''] of sheet.matchAll(
      /<word xMin="[^"]+" yMin="([^"]+)" xMax="[^"]+" yMax="([^"]+)">(.*?)<\/word>/g,
    )) {
      text += word
      // The box of a font is slightly taller than its letters.
      const edge = (MARGIN_MM - 1.5) * POINTS_PER_MM
      if (Number(top) < edge || Number(bottom) > height - edge) cut.push(decoded(word))
    }
  }
  const blank = sheets.filter((sheet) => !sheet.includes('<word ')).length
  return { text: bare(decoded(text)), cut, sheets: sheets.length, blank }
}

function paper(page: Page, format: PaperSize) {
  if (page.context().browser()?.browserType().name() !== 'firefox')
    return { format, preferCSSPageSize: false }
  // Playwright sends inches, and Firefox reads them as centimetres.
  const [width, height] = SIZES_CM[format]
  return { width: `${width}in`, height: `${height}in` }
}

/** Everything that must be on paper: lines of code with their numbers, and texts without the numbers of claims. */
export async function textsToPrint(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const shown = (element: Element): string => {
      const copy = element.cloneNode(true) as Element
      copy.querySelectorAll('.claim-ref, .no-print, .visually-hidden').forEach((part) => part.remove())
      return copy.textContent ?? ''
    }
    const lines = [...document.querySelectorAll<HTMLElement>('main .line[data-line]')].map(
      (line) => `${line.dataset.line} ${shown(line)}`,
    )
    const texts = [...document.querySelectorAll('main :is(h1, h2, h3, h4, p, li, td, th, dt, dd, summary)')]
      .filter((element) => element.closest('.no-print, aside') === null)
      .filter((element) => element.querySelector('p, li, ul, table, pre') === null)
      .map(shown)
    return [...lines, ...texts].filter((text) => text.trim() !== '')
  })
}

/** The texts that are missing on paper. */
export function notPrinted(texts: readonly string[], { text }: Printed): string[] {
  return texts.filter((wanted) => !text.includes(bare(wanted)))
}

function bare(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s\u00ad\u200b]+/g, '')
}

function decoded(xml: string): string {
  return xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
