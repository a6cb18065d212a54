/** Elements that other programs show as Viva does. Of all others, only what is in them stays; no attribute does. */
const KEPT = new Set(
  'p ul ol li pre code strong b em i br blockquote table thead tbody tr th td sub sup'.split(' '),
)
const DROPPED = new Set(['script', 'style', 'template'])

/** HTML for another program: a few elements without attributes, on one line, with no tab and no quotation mark in it. */
export function plainHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(withoutAttributes(html), 'text/html')
  return [...body.childNodes]
    .map((node) => written(node, false))
    .join('')
    .trim()
}

/** A short text of the deck as such HTML: words between backticks are code. */
export function richHtml(text: string): string {
  return text
    .split('`')
    .map((piece, index) => (index % 2 === 1 ? `<code>${escaped(piece)}</code>` : escaped(piece)))
    .join('')
}

/** A text as such HTML, spaces, tabs and line breaks included. */
export function escaped(text: string): string {
  return withoutControls(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;')
    .replaceAll(/\r\n?|\n/g, '<br>')
}

// Even in a document that runs nothing, browsers report handlers as violations of the Content-Security-Policy.
function withoutAttributes(html: string): string {
  // What follows the last tag can't be one; searching there for an end would take a time that grows with its square.
  const end = html.lastIndexOf('>') + 1
  return html.slice(0, end).replaceAll(/<([a-z][a-z0-9]*)[^>]*>/gi, '<$1>') + html.slice(end)
}

function written(node: Node, isPre: boolean): string {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = node.textContent ?? ''
    return escaped(isPre ? text : text.replaceAll(/\s+/g, ' '))
  }
  if (!(node instanceof Element) || DROPPED.has(node.localName)) return ''
  const { localName } = node
  const inner = [...node.childNodes].map((child) => written(child, isPre || localName === 'pre')).join('')
  if (localName === 'br') return '<br>'
  return KEPT.has(localName) ? `<${localName}>${inner}</${localName}>` : inner
}

/** XML and Anki's database have no place for control characters. */
function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
}
