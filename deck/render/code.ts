import { join } from 'node:path'
import type { CodePlace, CodeTwins } from '#contract/page.ts'
import { readSource } from '../read-text.ts'
import { isMarker, TWIN_FOLDERS, type Language, type Region, type Regions } from '../regions.ts'
import { lineHtml, type Highlight } from './highlight.ts'

/** A region as HTML, with where it stands. */
interface CodePiece extends CodePlace {
  html: string
}

/** One region in both languages, its lines made into HTML. */
export type TwinPieces = Record<Language, CodePiece>

/**
 * Every region that both twins have, as HTML cut from the real files.
 * @param root the folder of the whole project
 */
export async function renderRegions(
  root: string,
  regions: Regions,
  highlight: Highlight,
): Promise<Map<string, TwinPieces>> {
  const python = await renderTwin(root, 'python', regions, highlight)
  const typescript = await renderTwin(root, 'typescript', regions, highlight)
  const twins = new Map<string, TwinPieces>()
  for (const [name, piece] of python) {
    const other = typescript.get(name)
    if (other !== undefined) twins.set(name, { python: piece, typescript: other })
  }
  return twins
}

/** What a page tells about a region, without its lines. */
export function placesOf(region: string, { python, typescript }: TwinPieces): CodeTwins {
  return { region, python: place(python), typescript: place(typescript) }
}

function place({ file, first, last }: CodePlace): CodePlace {
  return { file, first, last }
}

async function renderTwin(
  root: string,
  language: Language,
  regions: Regions,
  highlight: Highlight,
): Promise<Map<string, CodePiece>> {
  const all = [...regions[language].values()]
  const sources = new Map<string, string[]>()
  for (const { file } of all) {
    if (!sources.has(file)) sources.set(file, (await readSource(join(root, file))).split('\n'))
  }
  const pieces = new Map<string, CodePiece>()
  for (const region of all) {
    const lines = linesOf(region, sources.get(region.file) ?? [])
    const coloured = highlight(lines.map(({ text }) => text).join('\n'), language)
    const within = all.filter((other) => other.file === region.file && isWithin(other, region))
    const html = lines
      .map(({ number }, index) => numberedLine(number, lineHtml(coloured[index] ?? []), within))
      .join('')
    pieces.set(region.name, {
      file: region.file.slice(TWIN_FOLDERS[language].length + 1),
      first: lines.at(0)?.number ?? region.firstLine,
      last: lines.at(-1)?.number ?? region.lastLine,
      html,
    })
  }
  return pieces
}

function isWithin(inner: Region, outer: Region): boolean {
  return inner.name !== outer.name && inner.firstLine > outer.firstLine && inner.lastLine <= outer.lastLine
}

/** Lines of a region with their numbers in the file, moved left by the first one's indentation, no blank ones around. */
function linesOf(region: Region, source: readonly string[]): { number: number; text: string }[] {
  const lines = source
    .slice(region.firstLine - 1, region.lastLine)
    .map((text, index) => ({ number: region.firstLine + index, text }))
    .filter(({ text }) => !isMarker(text))
  while (lines.at(0)?.text.trim() === '') lines.shift()
  while (lines.at(-1)?.text.trim() === '') lines.pop()
  const indent = /^\s*/.exec(lines.at(0)?.text ?? '')?.[0] ?? ''
  return lines.map(({ number, text }) => ({
    number,
    text: text.startsWith(indent) ? text.slice(indent.length) : text.trimStart(),
  }))
}

function numberedLine(number: number, html: string, within: readonly Region[]): string {
  const names = within
    .filter((region) => number >= region.firstLine && number <= region.lastLine)
    .map((region) => region.name)
  const inside = names.length > 0 ? ` data-within="${names.join(' ')}"` : ''
  return `<span class="line" data-line="${number}"${inside}>${html}\n</span>`
}
