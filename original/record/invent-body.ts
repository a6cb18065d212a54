import type { Chance } from './chance.ts'
import { EMAILS, INTEGERS, LETTERS, NAMES, NUMBERS, PASSWORDS, VALUES } from './oddities.ts'

const FORM: Record<string, string> = {
  username: 'ada@example.com',
  password: 'analytical-engine',
  grant_type: 'password',
  scope: 'a b',
  client_id: 'x',
}

/** A text of odd characters, shorter than `length`. */
export function oddText(chance: Chance, length: number): string {
  return Array.from({ length: chance.int(length) }, () => chance.pick(LETTERS)).join('')
}

/** The text with up to three characters inserted, removed or replaced. */
export function mutated(chance: Chance, text: string): string {
  const letters = [...text]
  for (let times = 1 + chance.int(3); times > 0; times--) {
    const index = chance.int(letters.length + 1)
    letters.splice(index, chance.int(2), ...(chance.oneIn(3) ? [] : [chance.pick(LETTERS)]))
  }
  return letters.join('')
}

/** A person as JSON with missing, wrong or extra fields; sometimes it isn't valid JSON. */
export function jsonText(chance: Chance): string {
  const known = ['name', 'email', 'password', 'age', 'bio'].filter(() => !chance.oneIn(4))
  const extra = ['extra', 'id', '', '__proto__'].filter(() => chance.oneIn(9))
  const text = `{${[...known, ...extra].map((name) => `"${name}": ${value(chance, name)}`).join(', ')}}`
  return chance.oneIn(4) ? mutated(chance, text) : text
}

function value(chance: Chance, name: string): string {
  if (chance.oneIn(4)) return chance.pick([...NUMBERS, ...VALUES])
  if (name === 'age') return chance.oneIn(2) ? chance.pick(NUMBERS) : JSON.stringify(chance.pick(INTEGERS))
  if (name === 'email') {
    const email = chance.pick(EMAILS)
    return JSON.stringify(chance.oneIn(3) ? email : mutated(chance, email))
  }
  const usual = name === 'password' ? PASSWORDS : NAMES
  return JSON.stringify(chance.oneIn(6) ? oddText(chance, 12) : chance.pick(usual))
}

/** A login form with missing or odd fields; sometimes it is malformed. */
export function formText(chance: Chance): string {
  const pairs = Object.entries(FORM)
    .filter((_, index) => !chance.oneIn(index < 2 ? 6 : 2))
    .map(([name, usual]) => {
      const odd = oddText(chance, 6).replaceAll('\0', '%00')
      return `${name}=${chance.oneIn(3) ? odd : encodeURIComponent(usual)}`
    })
  const text = pairs.join(chance.oneIn(9) ? ';' : '&')
  return chance.oneIn(3) ? mutated(chance, text) : text
}

/** A well-formed login form as multipart. */
export function partsText(chance: Chance): string {
  const part = (name: string, text: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`
  const password = chance.pick(['analytical-engine', 'x', '', oddText(chance, 9)])
  return `${part('username', 'ada@example.com')}${part('password', password)}--b--\r\n`
}
