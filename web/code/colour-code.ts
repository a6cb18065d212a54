/** A piece of code, and the name of its colour: `tok-<colour>` is the class. */
export interface CodePiece {
  text: string
  colour: string | null
}

interface Language {
  comment: string
  words: ReadonlySet<string>
  constants: ReadonlySet<string>
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

const PYTHON: Language = {
  comment: '#[^\\n]*',
  words: words(
    'and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield',
  ),
  constants: words('True False None self cls'),
}
const SCRIPT: Language = {
  comment: '//[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$)',
  words: words(
    'as async await break case catch class const continue default delete do else export extends finally for from function if import in instanceof interface let new of return switch throw try type typeof var void while yield',
  ),
  constants: words('true false null undefined this'),
}
const SQL: Language = {
  comment: '--[^\\n]*',
  words: words(
    'SELECT FROM WHERE INSERT INTO VALUES UPDATE SET DELETE CREATE TABLE INDEX UNIQUE PRIMARY KEY FOREIGN REFERENCES JOIN LEFT INNER ON GROUP BY ORDER HAVING LIMIT OFFSET AS AND OR NOT IN IS BEGIN COMMIT ROLLBACK select from where insert into values update set delete create table index unique primary key join left on group by order limit as and or not in is',
  ),
  constants: words('NULL TRUE FALSE null true false'),
}
const SHELL: Language = {
  comment: '#[^\\n]*',
  words: words('if then else elif fi for in do done while case esac export curl pip python'),
  constants: words('true false'),
}
const LANGUAGES: Readonly<Record<string, Language>> = {
  ...{ '': PYTHON, python: PYTHON, py: PYTHON, python3: PYTHON },
  ...{ json: SCRIPT, javascript: SCRIPT, js: SCRIPT, typescript: SCRIPT, ts: SCRIPT },
  ...{ sql: SQL, bash: SHELL, sh: SHELL, shell: SHELL },
}

/** Strings end with their quote, their line or, in triple quotes, the text. */
const STRING =
  '"""[\\s\\S]*?(?:"""|$)|\'\'\'[\\s\\S]*?(?:\'\'\'|$)|"(?:\\\\.|[^"\\\\\\n])*"?|\'(?:\\\\.|[^\'\\\\\\n])*\'?'

/**
 * Colours code that a person typed: comments, strings, numbers, keywords and calls, which is what makes it readable. The pieces together are
 * the code, unchanged. Code without a language is taken for Python; in a language that isn't known, nothing is coloured.
 */
export function colourCode(code: string, language: string): CodePiece[] {
  const known = Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language] : undefined
  if (known === undefined) return [{ text: code, colour: null }]
  const token = new RegExp(
    `(?<comment>${known.comment})|(?<string>${STRING})|(?<decorator>@[\\w.]+)|(?<number>\\b\\d[\\w.]*)|(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*)`,
    'gu',
  )
  const pieces: CodePiece[] = []
  let end = 0
  for (const match of code.matchAll(token)) {
    const [text] = match
    const colour = colourOf(match, known, code)
    if (colour === null) continue
    if (match.index > end) pieces.push({ text: code.slice(end, match.index), colour: null })
    pieces.push({ text, colour })
    end = match.index + text.length
  }
  if (end < code.length) pieces.push({ text: code.slice(end), colour: null })
  return pieces
}

function colourOf({ 0: text, index, groups }: RegExpExecArray, known: Language, code: string): string | null {
  if (groups?.comment !== undefined) return 'comment'
  if (groups?.string !== undefined) return 'string'
  if (groups?.number !== undefined) return 'constant'
  if (groups?.decorator !== undefined) return 'function'
  if (known.words.has(text)) return 'keyword'
  if (known.constants.has(text)) return 'constant'
  return code[index + text.length] === '(' ? 'function' : null
}
