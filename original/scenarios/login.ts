import { ask, signUp, type Scenario } from './scenario.ts'

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }
const ADA = { username: 'ada@example.com', password: 'analytical-engine' }
const ENCODED = 'username=ada%40example.com&password=analytical-engine'

export const login: Scenario = {
  title: 'Logging in',
  requests: [
    ask('Ada', 'POST /login', { form: ADA }),
    ask('Grace', 'POST /login', { form: { username: 'grace@example.com', password: 'compiler-pioneer' } }),
    ask('Alan', 'POST /login', { form: { username: 'alan@example.com', password: 'enigma-breaker' } }),
    ask('a wrong password', 'POST /login', { form: { ...ADA, password: 'difference-engine' } }),
    ask('a password in capitals', 'POST /login', { form: { ...ADA, password: 'ANALYTICAL-ENGINE' } }),
    ask('a space behind the password', 'POST /login', { form: { ...ADA, password: 'analytical-engine ' } }),
    ask('someone else’s password', 'POST /login', { form: { ...ADA, password: 'compiler-pioneer' } }),
    ask('someone unknown', 'POST /login', {
      form: { username: 'nobody@example.com', password: 'analytical-engine' },
    }),
    ask('no email', 'POST /login', { form: { username: 'ada', password: 'analytical-engine' } }),
    ask('an email in capitals', 'POST /login', { form: { ...ADA, username: 'ADA@example.com' } }),
    ask('a domain in capitals', 'POST /login', { form: { ...ADA, username: 'ada@EXAMPLE.com' } }),
    ask('a password of 73 bytes', 'POST /login', { form: { ...ADA, password: 'p'.repeat(73) } }),
    ask('a password of 1000 letters for someone unknown', 'POST /login', {
      form: { username: 'nobody', password: 'p'.repeat(1000) },
    }),
    ask('a password with a NUL', 'POST /login', { form: { ...ADA, password: 'analytical-engine\0' } }),
    signUp('someone with letters of many bytes', { email: 'åse@example.com', password: 'pässwörd 👩‍💻 &=+%' }),
    ask('logs in', 'POST /login', { form: { username: 'åse@example.com', password: 'pässwörd 👩‍💻 &=+%' } }),
    signUp('someone whose email was made lower case', { email: 'Niklaus@Example.Com' }),
    ask('logs in with what is kept', 'POST /login', {
      form: { username: 'Niklaus@example.com', password: 'shortest-path' },
    }),
    ask('and not with what was sent', 'POST /login', {
      form: { username: 'Niklaus@Example.Com', password: 'shortest-path' },
    }),
  ],
}

const wrong = (title: string, fields: Record<string, string> = {}) =>
  ask(title, 'POST /login', { form: { ...ADA, password: 'difference-engine', ...fields } })

export const loginLimit: Scenario = {
  title: 'Ten wrong passwords for one account',
  requests: [
    ...Array.from({ length: 9 }, (_, index) => wrong(`wrong password ${index + 1}`)),
    ask('the right one starts the count anew', 'POST /login', { form: ADA }),
    ...Array.from({ length: 9 }, (_, index) => wrong(`and again wrong, ${index + 1}`)),
    wrong('the tenth, in capitals and between spaces', { username: ' ADA@Example.com ' }),
    wrong('the eleventh'),
    ask('even the right one now', 'POST /login', { form: ADA }),
    wrong('another account', { username: 'grace@example.com' }),
    ...Array.from({ length: 10 }, (_, index) =>
      wrong(`an account that nobody has, ${index + 1}`, { username: 'nobody@example.com' }),
    ),
    wrong('it is limited alike', { username: 'nobody@example.com' }),
    ask('what is no login is not counted', 'POST /login', { form: { username: 'ada@example.com' } }),
  ],
}

export const loginForms: Scenario = {
  title: 'The login form',
  requests: [
    ask('no body', 'POST /login'),
    ask('an empty form', 'POST /login', { headers: FORM, text: '' }),
    ask('no password', 'POST /login', { form: { username: 'ada@example.com' } }),
    ask('no username', 'POST /login', { form: { password: 'analytical-engine' } }),
    ask('an empty username', 'POST /login', { form: { ...ADA, username: '' } }),
    ask('an empty password', 'POST /login', { form: { ...ADA, password: '' } }),
    ask('both empty', 'POST /login', { form: { username: '', password: '' } }),
    ask('email in place of username', 'POST /login', {
      form: { email: 'ada@example.com', password: 'analytical-engine' },
    }),
    ask('JSON', 'POST /login', { json: ADA }),
    ask('broken JSON', 'POST /login', { headers: { 'Content-Type': 'application/json' }, text: '{' }),
    ask('a form without its Content-Type', 'POST /login', { text: ENCODED }),
    ask('a form called text', 'POST /login', { headers: { 'Content-Type': 'text/plain' }, text: ENCODED }),
    ask('a form with a charset', 'POST /login', {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' },
      text: ENCODED,
    }),
    ask('a form in capitals', 'POST /login', {
      headers: { 'Content-Type': 'Application/X-WWW-Form-Urlencoded' },
      text: ENCODED,
    }),
    ask('in the query', `POST /login?${ENCODED}`),
    ask('with its grant type', 'POST /login', { form: { ...ADA, grant_type: 'password' } }),
    ask('an empty grant type', 'POST /login', { form: { ...ADA, grant_type: '' } }),
    ask('another grant type', 'POST /login', { form: { ...ADA, grant_type: 'client_credentials' } }),
    ask('a grant type that begins alike', 'POST /login', { form: { ...ADA, grant_type: 'passwords' } }),
    ask('a wrong grant type and nothing else', 'POST /login', { form: { grant_type: 'x' } }),
    ask('all that OAuth2 has', 'POST /login', {
      form: { ...ADA, scope: 'users:read users:write', client_id: 'viva', client_secret: 'secret' },
    }),
    ask('a field that nobody asked for', 'POST /login', { form: { ...ADA, remember: 'yes' } }),
    ask('the username twice: the last one counts', 'POST /login', {
      headers: FORM,
      text: `username=nobody&${ENCODED}`,
    }),
    ask('the username twice, the last one wrong', 'POST /login', {
      headers: FORM,
      text: `${ENCODED}&username=nobody`,
    }),
    ask('a plus is a space', 'POST /login', {
      headers: FORM,
      text: 'username=ada@example.com&password=analytical+engine',
    }),
    ask('an @ that isn’t encoded', 'POST /login', {
      headers: FORM,
      text: 'username=ada@example.com&password=analytical-engine',
    }),
    ask('empty pairs', 'POST /login', { headers: FORM, text: `&&${ENCODED}&&` }),
    ask('names without values', 'POST /login', { headers: FORM, text: 'username&password' }),
    ask('semicolons', 'POST /login', { headers: FORM, text: ENCODED.replace('&', ';') }),
    ask('percent signs that stand alone', 'POST /login', { headers: FORM, text: 'username=%&password=%zz' }),
    ask('bytes that are no UTF-8', 'POST /login', { headers: FORM, text: 'username=%ff%fe&password=%c3' }),
    ask('a field’s name in other letters', 'POST /login', { headers: FORM, text: 'UserName=ada&Password=x' }),
    ask('brackets', 'POST /login', { headers: FORM, text: 'username[]=ada%40example.com&password[]=x' }),
  ],
}

const multipart = (parts: string[], boundary = 'boundary') =>
  [...parts.map((part) => `--${boundary}\r\n${part}\r\n`), `--${boundary}--\r\n`].join('')
const field = (name: string, value: string) =>
  `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`
const MULTIPART = { 'Content-Type': 'multipart/form-data; boundary=boundary' }

export const loginMultipart: Scenario = {
  title: 'The login form as multipart',
  requests: [
    ask('both fields', 'POST /login', {
      headers: MULTIPART,
      text: multipart([field('username', ADA.username), field('password', ADA.password)]),
    }),
    ask('a wrong password', 'POST /login', {
      headers: MULTIPART,
      text: multipart([field('username', ADA.username), field('password', 'wrong')]),
    }),
    ask('no password', 'POST /login', { headers: MULTIPART, text: multipart([field('username', 'ada')]) }),
    ask('quotes around the boundary', 'POST /login', {
      headers: { 'Content-Type': 'multipart/form-data; boundary="boundary"' },
      text: multipart([field('username', ADA.username), field('password', ADA.password)]),
    }),
    ask('no boundary', 'POST /login', {
      headers: { 'Content-Type': 'multipart/form-data' },
      text: multipart([]),
    }),
    ask('not multipart at all', 'POST /login', { headers: MULTIPART, text: ENCODED }),
    ask('no end', 'POST /login', {
      headers: MULTIPART,
      text: multipart([field('username', 'ada')]).replace('--boundary--\r\n', ''),
    }),
    ask('an empty body', 'POST /login', { headers: MULTIPART, text: '' }),
    ask('where JSON is read', 'POST /users/', {
      headers: MULTIPART,
      text: multipart([field('name', 'Ada')]),
    }),
  ],
}
