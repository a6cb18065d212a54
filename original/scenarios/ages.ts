import { ask, signUp, type Json, type Request, type Scenario } from './scenario.ts'

const accepted: [title: string, age: Json][] = [
  ['an integer in a text', '30'],
  ['an integer with a sign', '+30'],
  ['zeros in front', '0030'],
  ['spaces around', ' 30 '],
  ['a text with nothing but zeros behind the point', '30.0'],
  ['an underscore between digits', '3_0'],
]

const refused: [title: string, age: Json][] = [
  ['too young', 12],
  ['too old', 121],
  ['zero', 0],
  ['below zero', -1],
  ['huge', Number.MAX_SAFE_INTEGER],
  ['a fraction', 30.5],
  ['a fraction in a text', '30.5'],
  ['a word', 'abc'],
  ['an empty text', ''],
  ['only spaces', ' '],
  ['a number and a word', '30 years'],
  ['hexadecimal', '0x1e'],
  ['an exponent in a text', '3e1'],
  ['two signs', '--30'],
  ['an underscore at the end', '30_'],
  ['digits of another script', '３０'],
  ['a text out of range', '7'],
  ['a text below zero', '-30'],
  ['a huge text', '9'.repeat(40)],
  ['true', true],
  ['false', false],
  ['a list', [30]],
  ['an object', { years: 30 }],
  ['a text of NaN', 'NaN'],
]

const raw: [title: string, age: string][] = [
  ['a float without a fraction', '30.0'],
  ['an exponent', '3e1'],
  ['an exponent that makes a fraction', '305e-1'],
  ['a float out of range', '300.0'],
  ['minus zero', '-0'],
  ['minus zero as a float', '-0.0'],
  ['a tiny fraction', '30.000000000000001'],
  ['a number of 30 digits', '123456789012345678901234567890'],
  ['a number of 30 digits below zero', '-123456789012345678901234567890'],
  ['a float of 20 digits', '12345678901234567890.0'],
  ['a large float', '1e22'],
  ['a float larger than any', '1e400'],
  ['NaN', 'NaN'],
  ['Infinity', 'Infinity'],
  ['minus Infinity', '-Infinity'],
]

function withRawAge([title, age]: [string, string], index: number): Request {
  const text = `{"name": "Age", "email": "raw${index}@example.com", "password": "how-old-is-it", "age": ${age}}`
  return ask(title, 'POST /users/', { headers: { 'Content-Type': 'application/json' }, text })
}

export const agesAccepted: Scenario = {
  title: 'An integer field: texts that count as integers',
  requests: accepted.map(([title, age], index) => signUp(title, { email: `age${index}@example.com`, age })),
}

export const agesRefused: Scenario = {
  title: 'An integer field: what is no integer, or not in range',
  requests: refused.map(([title, age]) => signUp(title, { age })),
}

export const agesOnTheWire: Scenario = {
  title: 'An integer field: numbers as JSON can write them',
  requests: raw.map(withRawAge),
}

const JSON_TYPE = { 'Content-Type': 'application/json' }

export const notFinite: Scenario = {
  title: 'Numbers and letters that JSON has no way to repeat',
  requests: [
    ask('an extra field that is NaN', 'POST /users/', {
      headers: JSON_TYPE,
      text: '{"name": "", "ratio": NaN}',
    }),
    ask('a body that is NaN', 'POST /users/', { headers: JSON_TYPE, text: 'NaN' }),
    ask('Infinity deep inside', 'POST /users/', { headers: JSON_TYPE, text: '{"a": [{"b": -Infinity}]}' }),
    ask('half of a surrogate pair in a name', 'POST /users/', {
      headers: JSON_TYPE,
      text: String.raw`{"name": "\ud83d", "email": "half@example.com", "password": "half-an-emoji"}`,
    }),
    ...['\\ud83d', '\\ud83d@example.com', 'ada@\\ud83d.com', 'Ada \\ud83d <ada@example.com>'].map((email) =>
      ask(`half of a surrogate pair in an email: ${email}`, 'POST /users/', {
        headers: JSON_TYPE,
        text: `{"name": "", "email": "${email}", "password": "half-an-emoji"}`,
      }),
    ),
    ask('half of a surrogate pair in a field’s name', 'POST /users/', {
      headers: JSON_TYPE,
      text: String.raw`{"name": "", "\udc00": 1}`,
    }),
    ask('half of a surrogate pair as the whole body', 'POST /users/', {
      headers: JSON_TYPE,
      text: String.raw`"\ud83d"`,
    }),
    ask('both halves, written as escapes', 'POST /users/', {
      headers: JSON_TYPE,
      text: String.raw`{"name": "\ud83d\udc69", "email": "whole@example.com", "password": "a-whole-emoji"}`,
    }),
  ],
}
