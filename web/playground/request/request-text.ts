import type { PracticeRequest } from '#contract/practice.ts'

/** A request as text: who sends it, its line, its headers and its body. */
export function requestText({ as, method, path, headers, json, form, text, burst }: PracticeRequest): string {
  const sender = as === 'nobody' ? '' : `  (as ${as})`
  const times = burst === undefined ? '' : `  (${burst} at once)`
  const head = [
    `${method} ${path}${sender}${times}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  const fields = Object.entries(form ?? {}).map(([name, value]) => `${name}=${value}`)
  const body = json === undefined ? (form ? fields.join('&') : text) : JSON.stringify(json, null, 2)
  return body === undefined ? head.join('\n') : `${head.join('\n')}\n\n${body}`
}
