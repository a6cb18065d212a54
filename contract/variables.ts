/** Values that earlier steps saved, by name. */
export type Variables = Readonly<Record<string, unknown>>

/** A text that is one variable and nothing else. */
export const WHOLE_VARIABLE = /^\{\{\s*([a-z][a-zA-Z0-9_]*)\s*\}\}$/

const VARIABLE = /\{\{\s*([a-z][a-zA-Z0-9_]*)\s*\}\}/g

/**
 * Names of the variables that a value of any shape refers to, each once, in order of appearance.
 */
export function variablesIn(value: unknown): string[] {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1] ?? ''))]
}

/**
 * Replaces `{{names}}` by saved values. A text that is one variable and nothing else keeps the value's type.
 * A name without a saved value stays as it is written, so that a reader sees what is missing.
 * @param value a text, or JSON whose texts are filled in
 */
export function fill<T>(value: T, variables: Variables): T
export function fill(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return fillText(value, variables)
  if (Array.isArray(value)) return value.map((item) => fill(item as unknown, variables))
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fill(item as unknown, variables)]),
    )
  }
  return value
}

/** Like `fill`, for a single text such as a path or a header. */
export function fillText(text: string, variables: Variables): unknown {
  const whole = WHOLE_VARIABLE.exec(text)
  if (whole?.[1] && Object.hasOwn(variables, whole[1])) return variables[whole[1]]
  return text.replace(VARIABLE, (written, name: string) =>
    Object.hasOwn(variables, name) ? String(variables[name]) : written,
  )
}
