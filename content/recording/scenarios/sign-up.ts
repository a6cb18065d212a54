import { ask, signUp, type Scenario } from './scenario.ts'

export const signUpAccepted: Scenario = {
  title: 'Signing up: what is accepted',
  requests: [
    signUp('the least that is needed'),
    signUp('everything there is', {
      email: 'barbara@example.com',
      name: 'Barbara Liskov',
      age: 43,
      bio: 'CLU.',
    }),
    signUp('null where a field may be null', { email: 'null@example.com', age: null, bio: null }),
    signUp('the youngest', { email: 'young@example.com', age: 13 }),
    signUp('the oldest', { email: 'old@example.com', age: 120 }),
    signUp('a name of one letter', { email: 'x@example.com', name: 'X' }),
    signUp('a name of 50 letters', { email: 'fifty@example.com', name: 'n'.repeat(50) }),
    signUp('an empty bio', { email: 'silent@example.com', bio: '' }),
    signUp('a bio of 280 letters', { email: 'chatty@example.com', bio: 'b'.repeat(280) }),
    signUp('a password of 8 letters', { email: 'eight@example.com', password: '12345678' }),
    signUp('a password of 72 bytes', { email: 'long@example.com', password: 'p'.repeat(72) }),
    signUp('a name of spaces is a name', { email: 'spaces@example.com', name: '   ' }),
    ask('an id in the query is nobody’s business', 'POST /users/?id=99&admin=true', {
      json: { name: 'Query', email: 'query@example.com', password: 'not-in-the-path' },
    }),
    ask('all of them are there', 'GET /users/?limit=100'),
  ],
}

export const signUpRefused: Scenario = {
  title: 'Signing up: what is refused, field by field',
  requests: [
    signUp('no name', { name: undefined }),
    signUp('no email', { email: undefined }),
    signUp('no password', { password: undefined }),
    ask('nothing at all', 'POST /users/', { json: {} }),
    signUp('a null name', { name: null }),
    signUp('a null email', { email: null }),
    signUp('a null password', { password: null }),
    signUp('a number for a name', { name: 42 }),
    signUp('a truth for a name', { name: true }),
    signUp('a list for a name', { name: ['Ada', 'Lovelace'] }),
    signUp('an object for a name', { name: { first: 'Ada' } }),
    signUp('an empty name', { name: '' }),
    signUp('a name of 51 letters', { name: 'n'.repeat(51) }),
    signUp('a number for an email', { email: 12.5 }),
    signUp('a list for an email', { email: [] }),
    signUp('a number for a password', { password: 12345678 }),
    signUp('an empty password', { password: '' }),
    signUp('a password of 7 letters', { password: '1234567' }),
    signUp('a password of 73 bytes', { password: 'p'.repeat(73) }),
    signUp('a password of 37 letters that take 74 bytes', { password: 'é'.repeat(37) }),
    signUp('a number for a bio', { bio: 0 }),
    signUp('a bio of 281 letters', { bio: 'b'.repeat(281) }),
    signUp('an extra field', { admin: true }),
    signUp('the fields of an answer sent back', {
      id: 7,
      created_at: '2026-01-01T00:00:00Z',
      hashed_password: '$2b$10$',
    }),
    signUp('names are told apart by case', { Name: 'Ada', name: undefined }),
    signUp('an extra field with an empty name', { '': null }),
    signUp('everything wrong at once', {
      name: '',
      email: 'ada',
      password: 'short',
      age: 12,
      bio: 1,
      role: ['admin'],
    }),
    ask('extra fields only', 'POST /users/', { json: { b: 1, a: { deep: [1, 2, { er: null }] } } }),
    ask('nobody was added', 'GET /users/'),
  ],
}

export const duplicates: Scenario = {
  title: 'An email is taken once',
  tokens: { ada: {}, grace: { claims: { sub: '2' } } },
  requests: [
    signUp('the email of a seeded person', { email: 'ada@example.com' }),
    signUp('a new one'),
    signUp('the same once more'),
    signUp('the same in capitals before the @ is another', { email: 'EDSGER@example.com' }),
    signUp('the same in capitals after the @ is the same', { email: 'edsger@EXAMPLE.COM' }),
    signUp('a refused email and a refused name: only the name is told', {
      email: 'ada@example.com',
      name: '',
    }),
    ask('PUT with the email of another', 'PUT /users/1', {
      as: 'ada',
      json: { name: 'Ada', email: 'grace@example.com' },
    }),
    ask('PATCH with the email of another', 'PATCH /users/2', {
      as: 'grace',
      json: { email: 'alan@example.com' },
    }),
    ask('PATCH with one’s own email', 'PATCH /users/2', {
      as: 'grace',
      json: { email: 'grace@example.com' },
    }),
    ask('PATCH of a name with an email of another changes neither', 'PATCH /users/2', {
      as: 'grace',
      json: { name: 'Alan', email: 'alan@example.com' },
    }),
    ask('as it was', 'GET /users/2'),
    signUp('a refused sign-up used no id up', { email: 'next@example.com' }),
  ],
}
