import { randomHex } from '../../browser/random.ts'
import type { FormPart } from './reading.ts'

/**
 * Reads the value of `-F`: `name=content`, where the content may be quoted, and a type may follow.
 * @throws SyntaxError for files, and for what only curl can put together
 */
export function readFormPart(written: string): FormPart {
  const { name, value: rest } = nameAndValue(written)
  if (/^\s*[@<]/.test(rest))
    throw new SyntaxError(
      `${rest.trim()} is a file, which a page can't read. If it is text, write it out: -F ${name}=….`,
    )
  if (/^\s*\(/.test(rest) || (name === '' && rest.trim() === ')'))
    throw new SyntaxError('Nested forms, as in -F name=(, are not supported here.')
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"([^;]*)/s.exec(rest)
  const [all = '', value = ''] = quoted ?? /^\s*([^;]*)/.exec(rest) ?? []
  const settings = rest.slice(all.length)
  const type =
    /^;\s*type=\s*([^\s;/]+\/[^;]*?(?:;\s*(?!(?:type|filename|headers|encoder)=)[^;]*)*?)\s*$/i.exec(
      settings,
    )?.[1]
  if (settings !== '' && (type === undefined || type.includes('"')))
    throw new SyntaxError(`“${settings}” after -F isn't supported here; only ;type= with a media type is.`)
  return { name, value: quoted ? value.replaceAll(/\\(["\\])/g, '$1') : value.trimEnd(), type: type ?? null }
}

/** Reads the value of `--form-string`, in which nothing but the first “=” has a meaning. */
export function readFormString(written: string): FormPart {
  return { ...nameAndValue(written), type: null }
}

function nameAndValue(written: string): { name: string; value: string } {
  const at = written.indexOf('=')
  if (at < 0) throw new SyntaxError(`“${written}” is not a form field: it has no “=”.`)
  return { name: written.slice(0, at), value: written.slice(at + 1) }
}

/** The body that curl builds from the fields. @param boundary must not occur in them */
export function multipartBody(parts: readonly FormPart[], boundary: string): string {
  const written = parts.map(({ name, value, type }) => {
    const escaped = name.replaceAll(/["\r\n]/g, (char) => encodeURIComponent(char))
    const disposition = `Content-Disposition: form-data${name === '' ? '' : `; name="${escaped}"`}`
    return `--${boundary}\r\n${disposition}\r\n${type === null ? '' : `Content-Type: ${type}\r\n`}\r\n${value}\r\n`
  })
  return `${written.join('')}--${boundary}--\r\n`
}

/** A random boundary in the style of curl. */
export function newBoundary(): string {
  return '-'.repeat(24) + randomHex(8)
}
