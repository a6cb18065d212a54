import { replaceTexts, tokensOf, VerbatimJson } from './json-text.ts'
import { fillText, type Variables } from './variables.ts'

/** Like `fill`, for JSON as a person typed it: everything except the variables stays as it is written. Text that isn't JSON is filled as text. */
export function fillJson(json: string, variables: Variables): string {
  if (!json.includes('{{')) return json
  if (tokensOf(json) === null) return String(fillText(json, variables))
  return replaceTexts(json, (text) => {
    const filled = fillText(text, variables)
    if (filled === text) return null
    return filled instanceof VerbatimJson ? filled.source : JSON.stringify(filled)
  })
}
