import MarkdownIt from 'markdown-it'

const markdown = new MarkdownIt({ html: true })

/** A text of practice.yaml or bugs.yaml, with its path. */
interface Text {
  path: readonly PropertyKey[]
  text: string
}

/** Keys whose texts are Markdown, and those of them that are one paragraph. */
const PROSE = new Set(['ask', 'why', 'feedback', 'says', 'hints', 'belief', 'truth'])
const PARAGRAPH = new Set(['says', 'belief', 'truth'])
/** Keys whose texts have code between backticks and no other markup. */
const PLAIN = new Set(['belief', 'truth'])

/** What is wrong with the texts of a practice.yaml or bugs.yaml: HTML, and several paragraphs where there is room for one. */
export function textFaults(content: object): { path: readonly PropertyKey[]; cause: string }[] {
  return textsIn(content, []).flatMap(({ path, text }) => {
    const tokens = markdown.parse(text, {})
    const all = tokens.flatMap((token) => [token, ...(token.children ?? [])])
    const html = all.find(({ type }) => type.startsWith('html_'))
    if (html !== undefined) {
      const tag = html.content.trim().split('\n', 1)[0] ?? ''
      return [
        { path, cause: `HTML is shown as it is written: put ${tag} between backticks, or write Markdown` },
      ]
    }
    const isParagraph = tokens.length === 3 && tokens[0]?.type === 'paragraph_open'
    const key = keyOf(path) ?? ''
    if (PARAGRAPH.has(key) && !isParagraph)
      return [{ path, cause: 'must be one paragraph, without lists, headings and blocks of code' }]
    const markup = tokens[1]?.children?.find(({ type }) => !/^(text|code_inline|softbreak)$/.test(type))
    if (PLAIN.has(key) && markup !== undefined)
      return [{ path, cause: 'may have code between backticks, and no other Markdown' }]
    return []
  })
}

function textsIn(value: unknown, path: readonly PropertyKey[]): Text[] {
  if (typeof value === 'string') return PROSE.has(keyOf(path) ?? '') ? [{ path, text: value }] : []
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  const isRequest = 'method' in value && 'path' in value
  return isRequest ? [] : Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]))
}

/** The nearest name in a path: `hints` of `hints.0`. */
function keyOf(path: readonly PropertyKey[]): string | undefined {
  return path.findLast((part): part is string => typeof part === 'string')
}
