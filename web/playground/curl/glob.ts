/**
 * Expands `[1-3]`, `{a,b}` and `\[` in a URL as curl does, as long as the result is a single URL.
 * @throws SyntaxError where curl would send several requests, or reject the URL
 */
export function unglob(url: string): string {
  let one = ''
  let at = 0
  while (at < url.length) {
    const rest = url.slice(at)
    const literal = /^(?:\\([[\]{}])|\[\]|\[[\da-f:.%]*:[\da-f:.%]*\](?=[:/?#]|$)|[^[\]{}])/is.exec(rest)
    const set = /^\{((?:[^{}[\]\\]|\\.)*)\}/s.exec(rest)
    const range = /^\[(?:([a-z])-([a-z])|(\d+)-(\d+))(?::(\d+))?\]/i.exec(rest)
    if (literal) one += literal[1] ?? literal[0]
    else if (set) one += onlyItem(set[1] ?? '', set[0])
    else if (range) one += onlyOfRange(range)
    else throw refused(`curl rejects “${rest.charAt(0)}” in this URL`)
    at += (literal ?? set ?? range)?.[0].length ?? 1
  }
  return one
}

function onlyItem(items: string, written: string): string {
  if (items === '') throw refused('curl rejects “{}” in a URL')
  if (/^(?:[^\\,]|\\.)*,/s.test(items)) throw several(written)
  return items.replaceAll(/\\(.)/gs, '$1')
}

function onlyOfRange([written, first, last, from, to, step]: RegExpExecArray): string {
  const begins = first?.charCodeAt(0) ?? Number(from)
  const ends = last?.charCodeAt(0) ?? Number(to)
  if (begins !== ends) throw ends > begins ? several(written) : refused(`curl rejects “${written}” in a URL`)
  if (step === '0' || Number(step ?? 1) > 1) throw refused(`curl rejects “${written}” in a URL`)
  return first ?? from ?? ''
}

function several(written: string): SyntaxError {
  return refused(`curl would send a request for each of “${written}”`)
}

function refused(what: string): SyntaxError {
  return new SyntaxError(`${what}. If it is meant literally, add -g.`)
}
