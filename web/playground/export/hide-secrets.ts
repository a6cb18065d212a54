const HIDDEN = '•••'

const SECRET_NAME = /password|token|secret|authorization/i
const TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g

/** JSON, a form, a query or anything else, without the passwords and tokens in it. */
export function hideSecrets(text: string): string {
  return hiddenInJson(text) ?? hiddenInText(text)
}

/** The value of a header, without its credentials. */
export function hideInHeader(name: string, value: string): string {
  const lower = name.toLowerCase()
  if (lower === 'authorization' || lower === 'proxy-authorization') return value.replace(/\S+$/, HIDDEN)
  return lower === 'cookie' || lower === 'set-cookie' ? HIDDEN : hiddenInText(value)
}

/** A string, and what follows where it is a member's name: the colon, and the value if that is a string. */
const STRINGS = /("(?:[^"\\]|\\.)*")(?:(\s*:\s*)("(?:[^"\\]|\\.)*")?)?/g

/** Replaces the secrets where they stand: spaces, digits and the order of members stay as they were sent. */
function hiddenInJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text) || !isJson(text)) return null
  return text.replaceAll(STRINGS, (_all, string: string, colon = '', value = '') => {
    const shown = value !== '' && isSecret(string) ? `"${HIDDEN}"` : withoutTokens(value)
    return withoutTokens(string) + colon + shown
  })
}

/** @param name as it stands in JSON, with its quotes and escapes */
function isSecret(name: string): boolean {
  const decoded = JSON.parse(name) as string
  return SECRET_NAME.test(decoded) && decoded !== 'token_type'
}

/** @param string as it stands in JSON, or nothing */
function withoutTokens(string: string): string {
  const plain = string.includes('\\') ? JSON.stringify(JSON.parse(string)) : string
  const hidden = plain.replaceAll(TOKEN, HIDDEN)
  return hidden === plain ? string : hidden
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function hiddenInText(text: string): string {
  return text
    .replaceAll(/("[^"]*(?:password|token|secret)[^"]*"\s*:\s*)"(?:[^"\\]|\\[^])*("|$)/gi, `$1"${HIDDEN}"`)
    .replaceAll(/((?:^|[&?;\s])[\w.%-]*(?:password|token|secret)[\w.%-]*=)[^&;\s]*/gi, `$1${HIDDEN}`)
    .replaceAll(TOKEN, HIDDEN)
}
