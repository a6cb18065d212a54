// Parameters of RFC 3492, section 5.
const BASE = 36
const T_MIN = 1
const T_MAX = 26
const SKEW = 38
const DAMP = 700
const INITIAL_BIAS = 72
const INITIAL_N = 128

const DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789'

function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / DAMP) : Math.floor(delta / 2)
  rest += Math.floor(rest / count)
  let k = 0
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN))
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW))
}

function threshold(k: number, bias: number): number {
  return Math.min(Math.max(k - bias, T_MIN), T_MAX)
}

/** The text that Punycode writes (RFC 3492, section 6.2), or null when it writes none. */
export function decodePunycode(encoded: string): string | null {
  const cut = encoded.lastIndexOf('-')
  const points = [...encoded.slice(0, Math.max(cut, 0))].map((character) => character.charCodeAt(0))
  let [n, i, bias, at] = [INITIAL_N, 0, INITIAL_BIAS, cut + 1]
  while (at < encoded.length) {
    const before = i
    for (let [k, weight] = [BASE, 1]; ; k += BASE) {
      const digit = DIGITS.indexOf(encoded.charAt(at++) || '?')
      if (digit < 0) return null
      i += digit * weight
      if (digit < threshold(k, bias)) break
      weight *= BASE - threshold(k, bias)
    }
    bias = adapt(i - before, points.length + 1, before === 0)
    n += Math.floor(i / (points.length + 1))
    i %= points.length + 1
    if (n > 0x10ffff) return null
    points.splice(i++, 0, n)
  }
  return String.fromCodePoint(...points)
}

/** Punycode of a text (RFC 3492, section 6.3). */
export function encodePunycode(text: string): string {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0)
  const basic = points.filter((point) => point < INITIAL_N)
  let encoded = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '')
  let [n, delta, bias, done] = [INITIAL_N, 0, INITIAL_BIAS, basic.length]
  while (done < points.length) {
    const next = Math.min(...points.filter((point) => point >= n))
    delta += (next - n) * (done + 1)
    n = next
    for (const point of points) {
      if (point < n) delta++
      if (point !== n) continue
      encoded += digitsOf(delta, bias)
      bias = adapt(delta, done + 1, done === basic.length)
      delta = 0
      done++
    }
    delta++
    n++
  }
  return encoded
}

function digitsOf(delta: number, bias: number): string {
  let [digits, rest] = ['', delta]
  for (let k = BASE; ; k += BASE) {
    const t = threshold(k, bias)
    if (rest < t) return digits + DIGITS.charAt(rest)
    digits += DIGITS.charAt(t + ((rest - t) % (BASE - t)))
    rest = Math.floor((rest - t) / (BASE - t))
  }
}
