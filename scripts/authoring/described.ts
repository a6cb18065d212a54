import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import ts from 'typescript'

/** What a source file says of the keys of an object: of a schema, or of the fields that several schemas share. */
interface Described {
  /** By key, the comment above it. */
  keys: Map<string, string>
  /** Objects that it takes all keys from. */
  spreads: string[]
}

/** By the name of a constant. */
export type Descriptions = ReadonlyMap<string, Described>

/** Reads the comments above the keys of schemas. @param files relative to `root` */
export async function readDescriptions(root: string, files: readonly string[]): Promise<Descriptions> {
  const found = new Map<string, Described>()
  for (const file of files) {
    const text = await readFile(resolve(root, file), 'utf8')
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
    for (const statement of source.statements.filter(ts.isVariableStatement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        const object = initializer && objectIn(initializer)
        if (object) found.set(name.getText(source), describedIn(object))
      }
    }
  }
  return found
}

/** What is said of a key: in the object itself, or in one that it takes keys from. */
export function descriptionOf(descriptions: Descriptions, object: string, key: string): string | undefined {
  const described = descriptions.get(object)
  const own = described?.keys.get(key)
  if (own !== undefined) return own
  for (const spread of described?.spreads ?? []) {
    const taken = descriptionOf(descriptions, spread, key)
    if (taken !== undefined) return taken
  }
  return undefined
}

/** The object of `{…}`, of `z.strictObject({…}).refine(…)` and, by its name, of `z.strictObject(fields)`. */
function objectIn(expression: ts.Expression): ts.ObjectLiteralExpression | ts.Identifier | undefined {
  if (ts.isObjectLiteralExpression(expression)) return expression
  if (!ts.isCallExpression(expression)) return undefined
  const { expression: callee } = expression
  if (!ts.isPropertyAccessExpression(callee)) return undefined
  const [first] = expression.arguments
  const isObject = /^(strictObject|object)$/.test(callee.name.text)
  if (isObject && first && (ts.isObjectLiteralExpression(first) || ts.isIdentifier(first))) return first
  return objectIn(callee.expression)
}

function describedIn(object: ts.ObjectLiteralExpression | ts.Identifier): Described {
  const keys = new Map<string, string>()
  if (ts.isIdentifier(object)) return { keys, spreads: [object.text] }
  const spreads: string[] = []
  for (const property of object.properties) {
    if (ts.isSpreadAssignment(property)) spreads.push(property.expression.getText())
    else if (property.name) {
      const comment = ts.getJSDocCommentsAndTags(property).filter(ts.isJSDoc).at(-1)?.comment
      const text = ts.getTextOfJSDocComment(comment)
      if (text !== undefined) keys.set(property.name.getText(), text.replaceAll(/\s+/g, ' '))
    }
  }
  return { keys, spreads }
}
