import type { Chance } from './chance.ts'
import { mutated } from './invent-body.ts'
import { EMAILS } from './oddities.ts'

const LITERALS = [
  ...[
    '127.0.0.1',
    '1.2.3',
    '01.2.3.4',
    '256.1.1.1',
    '1..2.3',
    '1.2.3.4444',
    'IPv6:::1',
    'IPv6:1::2::3',
    'IPv6::::',
  ],
  ...[
    'IPv6:::1.2.3',
    'IPv6:::1.2.3.4',
    'IPv6:::1.2.3.x',
    'IPv6:1:2:3:4:5:6:7:8',
    'IPv6:1:2:3:4:5:6:7',
    'IPv6:',
    'x:y',
  ],
  ...[
    'IPv6:1:2:3:4:5:6:7:8:9',
    'IPv6:1:2:3:4:5:6:7::8',
    'IPv6:1::2:3:4:5:6:7:8',
    'IPv6::1:2:3',
    'IPv6:1::2:',
    'IPv6:g::',
  ],
  ...[
    'IPv6:12345::',
    'IPv6:::1%eth0',
    'IPv6:::1%',
    'IPv6:::1/64',
    'IPv6:1:2:3:4:5:6:1.2.3.4',
    'IPv6:::1%a%b',
    'tag:x y',
    'é',
  ],
]
const LETTERS = [
  ...'aZ09.-_@"<>[]\\ éß漢😀～،אا،９。．｡①ﬁǅİςͅ',
  ...'\u0301\u0338\u200b\u00ad\ufffc\ufffd\u2ff0\ufe12\ufe19\ufe30\u2488\u0488\u{e0001}\u{1d7ce}\u{1f600}\u{10ffff}\ue000\u0378',
  ...'\u2028\u00a0\u0640\u3007\u30fb\u05f3\u0660\u06f0\u00b7\u0375',
]

/** An email address, usually an odd one. Without joiners and characters newer than Unicode 14, which differ deliberately. */
export function inventEmail(chance: Chance): string {
  if (chance.oneIn(6)) return `a@[${odd(chance, chance.pick(LITERALS))}]`
  if (chance.oneIn(3)) return mutated(chance, chance.pick(EMAILS)).replaceAll('\u200d', '')
  const part = (maxLength: number) =>
    Array.from({ length: 1 + chance.int(maxLength) }, () => chance.pick(LETTERS)).join('')
  const address = `${chance.oneIn(2) ? 'a' : part(4)}@${chance.oneIn(3) ? 'a' : part(4)}.com`
  return chance.oneIn(5) ? `${part(4)} <${address}>` : address
}

function odd(chance: Chance, text: string): string {
  return chance.oneIn(3) ? mutated(chance, text).replaceAll('\u200d', '') : text
}
