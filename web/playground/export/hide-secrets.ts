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

/** Rewrites JSON only where something has to be hidden: that changes its spaces and numbers. */
function hiddenInJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null
  try {
    let found = false
    const json: unknown = JSON.parse(text, (name, value: unknown) => {
      if (!SECRET_NAME.test(name) || typeof value !== 'string' || name === 'token_type') return value
      found = true
      return HIDDEN
    })
    const plain = found ? JSON.stringify(json) : text
    return plain.replaceAll(TOKEN, HIDDEN)
  } catch {
    return null
  }
}

function hiddenInText(text: string): string {
  return text
    .replaceAll(/("[^"]*(?:password|token|secret)[^"]*"\s*:\s*)"(?:[^"\\]|\\[^])*("|$)/gi, `$1"${HIDDEN}"`)
    .replaceAll(/((?:^|[&?;\s])[\w.%-]*(?:password|token|secret)[\w.%-]*=)[^&;\s]*/gi, `$1${HIDDEN}`)
    .replaceAll(TOKEN, HIDDEN)
}
