import { ask, type Request, type Scenario } from './scenario.ts'

const USER = '--x\r\nContent-Disposition: form-data; name="username"\r\n\r\nada@example.com\r\n'
const WORD = '--x\r\nContent-Disposition: form-data; name="password"\r\n\r\nanalytical-engine\r\n'
const END = '--x--\r\n'
const GOOD = USER + WORD + END

const post = (title: string, text: string, type = 'multipart/form-data; boundary=x'): Request =>
  ask(title, 'POST /login', { headers: { 'Content-Type': type }, text })

/** The valid form with another disposition for its first part. */
const named = (title: string, disposition: string, type?: string): Request =>
  post(title, GOOD.replace('form-data; name="username"', disposition), type)

export const multipartEndings: Scenario = {
  title: 'Multipart forms that end early or late',
  requests: [
    ...[
      '--',
      '--x',
      '--x-',
      '--x\r',
      '--x\r\n',
      `${USER}${WORD}--x`,
      `${USER}${WORD}--x-`,
      `${USER}${WORD}--x\r\n`,
    ].map((text) => post(`ends with ${JSON.stringify(text.slice(-4))}, ${text.length} bytes`, text)),
    post('ends within the headers of a part', `${USER}${WORD}--x\r\nCo`),
    post('ends within a value', `${USER}${WORD}`.slice(0, -4)),
    post('an epilogue', `${GOOD}epilogue\r\n--x\r\n`),
    post('a preamble behind a line break', `\r\npreamble\r\n${GOOD}`),
    post('a preamble with a hyphen', `\r\npre-amble\r\n${GOOD}`),
    post('a preamble without a line break', `preamble\r\n${GOOD}`),
    post('spaces behind a boundary', GOOD.replaceAll('--x\r\n', '--x \t\r\n')),
    post('letters behind a boundary', `${USER}--x y\r\n`),
    post('no carriage returns', GOOD.replaceAll('\r', '')),
  ],
}

export const multipartHeaders: Scenario = {
  title: 'Multipart forms with odd headers',
  requests: [
    post('a part without headers', '--x\r\n--x--'),
    post('a part that is a line', '--x\r\njunk\r\n--x--'),
    post('headers without an empty line', '--x\r\nContent-Disposition: form-data; name="username"\r\n--x--'),
    post('no Content-Disposition', '--x\r\nX: y\r\n\r\nada\r\n--x--'),
    named('an option without a value where the name is', 'form-data; name'),
    named('spaces around the equals sign', 'form-data; name = "username"'),
    named('the name twice: the last one counts', 'form-data; name="other"; name="username"'),
    named('a name within another option', 'form-data; x="a;name=b"; name="username"'),
    named('a backslash in the name', 'form-data; name="user\\name"'),
    named('an escaped quote in the name', 'form-data; name="user\\"name"'),
    named('a name in other letters', 'FORM-DATA; NAME="username"'),
    named('an extended name', 'form-data; name*=UTF-8\'\'password; name="username"'),
    named('a quote too many', '" form-data; name="username"'),
    named('a line feed in a value', 'form-data; name="username"\nX: y'),
    named('eight headers', `form-data; name="username"${'\r\nX: y'.repeat(7)}`),
    named('nine headers', `form-data; name="username"${'\r\nX: y'.repeat(8)}`),
    named('a header of 4,224 bytes', `form-data; name="username"\r\nX: ${'y'.repeat(4221)}`),
    named('a header of 4,225 bytes', `form-data; name="username"\r\nX: ${'y'.repeat(4222)}`),
    named('a space before the colon', 'form-data; name="username"\r\nX : y'),
    named('two dispositions: the last one counts', 'x\r\nContent-Disposition: form-data; name="username"'),
  ],
}

export const multipartValues: Scenario = {
  title: 'Multipart forms with odd values',
  requests: [
    post('a line that begins like a boundary', GOOD.replace('ada@example.com', 'ada\r\n--xy\r\n')),
    post('a boundary right behind the empty line', GOOD.replace('ada@example.com', '--x')),
    post('an empty value', GOOD.replace('ada@example.com', '')),
    post('a field twice: the last one counts', USER.replace('ada', 'grace') + GOOD),
    post('a field twice, empty at last', USER + WORD + USER.replace('ada@example.com', '') + END),
    post('letters of many bytes', GOOD.replace('ada@', 'é👩@')),
    ask('bytes that are no UTF-8', 'POST /login', {
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      hex: Buffer.from(GOOD.replace('analytical-engine', '\xff\xfe'), 'latin1').toString('hex'),
    }),
    ...['UTF-8', 'latin-1', '', 'no-such-charset', 'utf-16-le'].map((charset) =>
      post(
        `charset=${charset}`,
        GOOD.replace('ada@', 'é@'),
        `multipart/form-data; boundary=x; charset=${charset}`,
      ),
    ),
  ],
}

export const multipartTypes: Scenario = {
  title: 'Multipart forms and what their type says',
  requests: [
    post('a boundary without a value', GOOD, 'multipart/form-data; boundary'),
    post('an empty boundary', GOOD.replaceAll('--x', '--'), 'multipart/form-data; boundary='),
    post('spaces around the equals sign', GOOD, 'multipart/form-data; boundary = x'),
    post('the boundary twice: the last one counts', GOOD, 'multipart/form-data; boundary=y; boundary=x'),
    post('a boundary within another option', GOOD, 'multipart/form-data; x="; boundary=y"; boundary=x'),
    post('capitals', GOOD, 'Multipart/Form-Data; BOUNDARY=x'),
    post('a tab before the semicolon', GOOD, 'multipart/form-data\t; boundary=x'),
    post(
      '256 bytes',
      GOOD.replaceAll('--x', `--${'x'.repeat(256)}`),
      `multipart/form-data; boundary=${'x'.repeat(256)}`,
    ),
    post(
      '257 bytes',
      GOOD.replaceAll('--x', `--${'x'.repeat(257)}`),
      `multipart/form-data; boundary=${'x'.repeat(257)}`,
    ),
    post('multipart/mixed', GOOD, 'multipart/mixed; boundary=x'),
  ],
}

const upload = (title: string, disposition: string, data: string): Request =>
  post(title, GOOD.replace('form-data; name="username"', disposition).replace('ada@example.com', data))

export const multipartFiles: Scenario = {
  title: 'Multipart forms with a file where a text is wanted',
  requests: [
    upload(
      'a file',
      'form-data; name="username"; filename="notes.txt"\r\nContent-Type: text/plain',
      'notes\n',
    ),
    upload('an empty file', 'form-data; name="username"; filename="notes.txt"', ''),
    upload('no file chosen', 'form-data; name="username"; filename=""', ''),
    upload('a file without a name', 'form-data; name="username"; filename=""', 'notes'),
    upload('a file name without a value', 'form-data; name="username"; filename', 'notes'),
    upload('lines of two bytes', 'form-data; name="username"; filename="a"', 'a\nb\n'),
    upload(
      'a long line, then lines of two bytes',
      'form-data; name="username"; filename="a"',
      'long\nb\nb\ncd',
    ),
    upload('two bytes', 'form-data; name="username"; filename="a"', 'ab'),
    upload('a path of Windows', 'form-data; name="username"; filename="C:\\x\\y.txt"', 'notes'),
    upload('a path of a network', 'form-data; name="username"; filename="\\\\host\\y.txt"', 'notes'),
    upload(
      'an extended file name',
      'form-data; name="username"; filename*=UTF-8\'\'y.txt',
      'ada@example.com',
    ),
    upload('a header twice', 'form-data; name="username"; filename="a"\r\nX: 1\r\nX: 2', 'notes'),
    upload('a file where the password is not told', 'form-data; name="password"; filename="a"', 'secret'),
  ],
}
