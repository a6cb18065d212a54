import { ask, type Request, type Scenario } from './scenario.ts'

const broken: [title: string, text: string][] = [
  ['a word', 'hello'],
  ['only spaces', '   '],
  ['an open brace', '{'],
  ['an open bracket', '['],
  ['an open text', '{"name": "Ada'],
  ['no closing brace', '{"name": "Ada"'],
  ['a comma at the end of an object', '{"name": "Ada",}'],
  ['a comma at the end of a list', '[1, 2,]'],
  ['two commas', '{"name": "Ada",, "age": 36}'],
  ['no comma', '{"name": "Ada" "age": 36}'],
  ['no comma in a list', '[1 2]'],
  ['no colon', '{"name" "Ada"}'],
  ['no value', '{"name":}'],
  ['no value and no brace', '{"name":'],
  ['single quotes', "{'name': 'Ada'}"],
  ['no quotes around a key', '{name: "Ada"}'],
  ['a number for a key', '{1: "Ada"}'],
  ['something behind the end', '{"name": "Ada"} {}'],
  ['a brace too many', '{"name": "Ada"}}'],
  ['a comment', '{"name": "Ada" /* who */}'],
  ['a comment in front', '// who\n{"name": "Ada"}'],
  ['True as Python writes it', '{"name": True}'],
  ['undefined', '{"name": undefined}'],
  ['a zero in front of a number', '{"age": 036}'],
  ['a plus in front of a number', '{"age": +36}'],
  ['a point without digits behind it', '{"age": 36.}'],
  ['a point without digits before it', '{"age": .5}'],
  ['an exponent without digits', '{"age": 3e}'],
  ['a minus alone', '{"age": -}'],
  ['a line break in a text', '{"name": "Ada\nLovelace"}'],
  ['a tab in a text', '{"name": "Ada\tLovelace"}'],
  ['an unknown escape', String.raw`{"name": "\x41"}`],
  ['an escape that is cut short', String.raw`{"name": "\u12"}`],
  ['an escape at the very end', '{"name": "\\'],
  ['on the third line', '{\n  "name": "Ada",\n  "age": x\n}'],
  ['behind letters of more than one byte', '{"näme": "Ädä 👩", age}'],
  ['a form', 'name=Ada&age=36'],
  ['a byte order mark', '\ufeff{"name": "Ada"}'],
]

const JSON_TYPE = { 'Content-Type': 'application/json' }

const jsonBody = ([title, text]: [string, string]): Request =>
  ask(title, 'POST /users/', { headers: JSON_TYPE, text })

export const brokenJson: Scenario = {
  title: 'JSON that is broken, and where',
  requests: broken.map(jsonBody),
}

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

export const nestedJson: Scenario = {
  title: 'JSON within JSON',
  requests: [
    jsonBody(['32 deep', nested(32)]),
    jsonBody(['33 deep', nested(33)]),
    jsonBody(['40 deep in a field', `{"name": ${nested(39)}}`]),
    jsonBody(['3,000 deep', nested(3_000)]),
  ],
}

export const notAnObject: Scenario = {
  title: 'JSON that is fine, but no object with fields',
  requests: [
    jsonBody(['null', 'null']),
    jsonBody(['true', 'true']),
    jsonBody(['a number', '42']),
    jsonBody(['a float', '4.5']),
    jsonBody(['a text', '"Ada"']),
    jsonBody(['an empty text', '""']),
    jsonBody(['a list', '[]']),
    jsonBody(['a list of an object', '[{"name": "Ada"}]']),
    jsonBody(['an empty object with spaces around', ' \r\n\t{ } ']),
    jsonBody(['a key twice: the last one counts', '{"name": "Ada", "name": ""}']),
    jsonBody(['a key that every JavaScript object has', '{"__proto__": {"name": "Ada"}, "constructor": 1}']),
    jsonBody(['every escape', String.raw`{"name": "", "bio": "\"\\\/\b\f\n\r\t\u00e9"}`]),
  ],
}

const person = '{"name": "Kay", "email": "kay@example.com", "password": "dynabook-1972"}'

const typed = (type: string, text = person): Request =>
  ask(type, 'POST /users/', {
    headers: { 'Content-Type': type },
    text: text.replace('kay@', `${type.length}@`),
  })

export const contentTypes: Scenario = {
  title: 'What the body says it is',
  requests: [
    ask('no Content-Type', 'POST /users/', { text: person }),
    ask('an empty Content-Type', 'POST /users/', { headers: { 'Content-Type': '' }, text: person }),
    typed('text/plain'),
    typed('text/json'),
    typed('application/x-www-form-urlencoded'),
    typed('application/octet-stream'),
    typed('json'),
    typed('application/jsonp'),
    typed('application/json-seq'),
    typed('application/json; charset=utf-8'),
    typed('APPLICATION/JSON'),
    typed('application/vnd.api+json'),
    typed('application/problem+json; charset=latin-1'),
    ask('no body', 'POST /users/'),
    ask('no body, but JSON is promised', 'POST /users/', { headers: JSON_TYPE }),
    ask('an empty body', 'POST /users/', { headers: JSON_TYPE, text: '' }),
    ask('an empty body that comes in chunks', 'POST /users/', {
      headers: JSON_TYPE,
      text: 'null',
      chunked: true,
    }),
    ask('a body that comes in chunks', 'POST /users/', { headers: JSON_TYPE, text: person, chunked: true }),
    ask('not UTF-8', 'POST /users/', { headers: JSON_TYPE, hex: '7b 22 6e 61 6d 65 22 3a 22 ff 22 7d' }),
    ask('half of a letter at the end', 'POST /users/', { headers: JSON_TYPE, hex: '22 c3' }),
    ask('not UTF-8 and not JSON', 'POST /users/', {
      headers: { 'Content-Type': 'text/plain' },
      hex: 'ff fe 41',
    }),
    ask('an emoji as two halves of three bytes', 'POST /users/', {
      headers: JSON_TYPE,
      hex:
        Buffer.from('{"name":"', 'latin1').toString('hex') +
        'eda0bdedb880' +
        Buffer.from('"}').toString('hex'),
    }),
    ask('UTF-16', 'POST /users/', { headers: JSON_TYPE, hex: '7b 00 7d 00' }),
    ask('a body where none is read', 'GET /items', { headers: JSON_TYPE, text: '{' }),
    ask('a body with DELETE is not read', 'DELETE /users/1', { headers: JSON_TYPE, text: '{' }),
    ask('a broken body is told before the token is missed', 'PUT /users/1', {
      headers: JSON_TYPE,
      text: '{',
    }),
    ask('a form where JSON is read', 'POST /users/', { form: { name: 'Kay', email: 'kay@example.com' } }),
  ],
}
