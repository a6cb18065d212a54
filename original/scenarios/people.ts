import { ask, signUp, PEOPLE, type Scenario } from './scenario.ts'

const ADA = { name: 'Ada King', email: 'ada.king@example.com' }

export const replacePeople: Scenario = {
  title: 'PUT: the whole person is replaced',
  tokens: PEOPLE,
  requests: [
    ask('what is left out is emptied', 'PUT /users/1', { as: 'ada', json: ADA }),
    ask('everything', 'PUT /users/1', {
      as: 'ada',
      json: { ...ADA, age: 36, bio: 'Countess.', password: 'note-g-1843' },
    }),
    ask('the new password logs in', 'POST /login', {
      form: { username: ADA.email, password: 'note-g-1843' },
    }),
    ask('the old one doesn’t', 'POST /login', {
      form: { username: ADA.email, password: 'analytical-engine' },
    }),
    ask('a null password keeps the old one', 'PUT /users/1', { as: 'ada', json: { ...ADA, password: null } }),
    ask('it still logs in', 'POST /login', { form: { username: ADA.email, password: 'note-g-1843' } }),
    ask('nulls', 'PUT /users/1', { as: 'ada', json: { ...ADA, age: null, bio: null } }),
    ask('an empty object', 'PUT /users/1', { as: 'ada', json: {} }),
    ask('no email', 'PUT /users/1', { as: 'ada', json: { name: 'Ada' } }),
    ask('a null name', 'PUT /users/1', { as: 'ada', json: { ...ADA, name: null } }),
    ask('an id can’t be chosen', 'PUT /users/1', { as: 'ada', json: { ...ADA, id: 9 } }),
    ask('everything wrong', 'PUT /users/1', {
      as: 'ada',
      json: { x: 1, password: 'short', bio: [], age: '12', email: 'no', name: '' },
    }),
    ask('a common password', 'PUT /users/1', { as: 'ada', json: { ...ADA, password: 'Password123' } }),
    ask('the new name for a password', 'PUT /users/1', {
      as: 'ada',
      json: { ...ADA, name: 'Lady Lovelace', password: 'lady lovelace' },
    }),
    ask('a password of 73 bytes', 'PUT /users/1', { as: 'ada', json: { ...ADA, password: 'p'.repeat(73) } }),
    ask('no body', 'PUT /users/1', { as: 'ada' }),
    ask('a list', 'PUT /users/1', { as: 'ada', json: [ADA] }),
    ask('as it was left', 'GET /users/1'),
  ],
}

const patch = (title: string, json: Parameters<typeof signUp>[1]) =>
  ask(title, 'PATCH /users/2', { as: 'grace', json: json as never })

export const patchPeople: Scenario = {
  title: 'PATCH: what is left out stays',
  tokens: PEOPLE,
  requests: [
    patch('nothing', {}),
    patch('the name', { name: 'Rear Admiral Hopper' }),
    patch('the age as a text', { age: '79' }),
    patch('a bio', { bio: 'COBOL.' }),
    patch('null empties a bio', { bio: null }),
    patch('null empties an age', { age: null }),
    patch('two at once', { age: 85, bio: 'Nanoseconds.' }),
    patch('an email', { email: 'hopper@Navy.example.com' }),
    patch('a password', { password: 'a-moth-in-the-relay' }),
    ask('it logs in', 'POST /login', {
      form: { username: 'hopper@navy.example.com', password: 'a-moth-in-the-relay' },
    }),
    patch('null for a name', { name: null }),
    patch('null for an email', { email: null }),
    patch('null for a password', { password: null }),
    patch('null for all three', { name: null, email: null, password: null, age: null }),
    patch('an empty name', { name: '' }),
    patch('a bad email', { email: 'hopper' }),
    patch('a short password', { password: 'moth' }),
    patch('a common password', { password: 'qwertyuiop' }),
    patch('a new name and the same for a password', { name: 'Amazing Grace', password: 'amazing grace' }),
    patch('the email that is kept for a password', { password: 'HOPPER@navy.example.com' }),
    patch('a password of 73 bytes', { password: 'p'.repeat(73) }),
    patch('too old', { age: 121 }),
    patch('a bio of 281 letters', { bio: 'b'.repeat(281) }),
    patch('a wrong type', { bio: { en: 'COBOL' } }),
    patch('an extra field', { rank: 'Rear Admiral' }),
    patch('everything wrong', { rank: 1, bio: false, age: 'old', password: '', email: '@', name: 5 }),
    ask('no body', 'PATCH /users/2', { as: 'grace' }),
    ask('null', 'PATCH /users/2', { as: 'grace', json: null }),
    ask('as it was left', 'GET /users/2'),
  ],
}

export const deletePeople: Scenario = {
  title: 'DELETE: someone goes, and the id never comes back',
  tokens: PEOPLE,
  requests: [
    ask('Alan goes', 'DELETE /users/3', { as: 'alan' }),
    ask('he is gone', 'GET /users/3'),
    ask('his token is good no more', 'DELETE /users/3', { as: 'alan' }),
    ask('nor for reading himself', 'GET /users/me', { as: 'alan' }),
    ask('he can’t log in', 'POST /login', {
      form: { username: 'alan@example.com', password: 'enigma-breaker' },
    }),
    ask('for others he isn’t there', 'DELETE /users/3', { as: 'ada' }),
    signUp('his email is free, his id is not', { name: 'Alan again', email: 'alan@example.com' }),
    ask('his old token doesn’t fit the newcomer', 'GET /users/me', { as: 'alan' }),
    ask('the newcomer’s does', 'GET /users/me', { as: 'newcomer' }),
    ask('who is left', 'GET /users/'),
  ],
}
