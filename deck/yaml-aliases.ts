import { isAlias, visit, type Document, type Node } from 'yaml'

/** A few repetitions are useful; thousands, of one another, would fill the memory. */
const MAX_ALIASES = 50

/**
 * What is wrong with the aliases of a document: `*words*` in Markdown looks like one that nothing defines. Others stand for what has an
 * anchor, `&name`, above them.
 * @returns the first fault and its position in the text, or null
 */
export function aliasFault(document: Document): { position: number; cause: string } | null {
  const anchors = new Map<string, Node>()
  let aliases = 0
  let found: { position: number; cause: string } | null = null
  visit(document, {
    Node: (_key, node, path) => {
      if ('anchor' in node && node.anchor) anchors.set(node.anchor, node)
      if (!isAlias(node)) return undefined
      aliases += 1
      const cause = causeOf(node.source, anchors, path, aliases)
      if (cause === null) return undefined
      found = { position: node.range?.[0] ?? 0, cause }
      return visit.BREAK
    },
  })
  return found
}

function causeOf(
  name: string,
  anchors: ReadonlyMap<string, Node>,
  path: readonly unknown[],
  aliases: number,
): string | null {
  const target = anchors.get(name)
  if (target === undefined) return `"*${name}" means something else in YAML: put the whole text in quotes`
  if (path.includes(target)) return `"*${name}" repeats the part that it stands in, without end; write it out`
  return aliases > MAX_ALIASES
    ? `there are more than ${MAX_ALIASES} aliases such as "*${name}"; write the parts out`
    : null
}
