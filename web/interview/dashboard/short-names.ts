/**
 * A short name for each person, which no other of them has: the initial, else the initials of all words, else as many letters of
 * the name as it takes. People of one name get a number.
 */
export function shortNames(people: readonly { id: string; name: string }[]): Map<string, string> {
  const names = people.map(({ name }) => name.normalize('NFC').trim().replace(/\s+/g, ' '))
  const short = names.map((name, index) => {
    const others = names.filter((other, at) => at !== index && other !== name)
    const isOwn = (way: (text: string) => string) => others.every((other) => way(other) !== way(name))
    const ways = [initialOf, initialsOf, ...letters(name).map((_, length) => firstLetters(length + 2))]
    return (ways.find(isOwn) ?? String)(name)
  })
  return new Map(
    people.map(({ id }, index) => {
      const sameBefore = names.slice(0, index).filter((name) => name === names[index]).length
      const isShared = names.filter((name) => name === names[index]).length > 1
      return [id, `${short[index]}${isShared ? ` ${sameBefore + 1}` : ''}`]
    }),
  )
}

/** Letters as people see them: one with an accent, or an emoji, is one. */
function letters(text: string): string[] {
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(
    ({ segment }) => segment,
  )
}

function initialOf(name: string): string {
  return (letters(name)[0] ?? '').toUpperCase()
}

function initialsOf(name: string): string {
  return name.split(' ').map(initialOf).join('')
}

function firstLetters(count: number): (name: string) => string {
  return (name) => letters(name).slice(0, count).join('')
}
