import { replaceTexts, tokensOf, VerbatimJson } from './json-text.ts'
import { fillText, type Variables } from './variables.ts'

/** As `fill`, for JSON that was typed: all but what stands for a variable stays as it is written. What is no JSON is filled in as a text. */
export function fillJson(json: string, variables: Variables): string {
  if (!json.includes('{{')) return json
  if (tokensOf(json) === null) return String(fillText(json, variables))
  return replaceTexts(json, (text) => {
    const filled = fillText(text, variables)
    if (filled === text) return null
    return filled instanceof VerbatimJson ? filled.source : JSON.stringify(filled)
  })
}
