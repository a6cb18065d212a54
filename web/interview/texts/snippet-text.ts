import type { Snippet, SnippetLanguage } from '#contract/interview/snippet.ts'

/** Languages as they are written in a sentence. */
export const LANGUAGE_NAMES: Readonly<Record<SnippetLanguage, string>> = {
  python: 'Python',
  typescript: 'TypeScript',
}

/** A snippet as a fenced block, which an answer shows as code. */
export function fenced({ language, code }: Snippet): string {
  return `\`\`\`${language}\n${code.replace(/\n+$/, '')}\n\`\`\``
}
