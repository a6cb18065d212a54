import { ask, signUp, type Scenario } from './scenario.ts'

export const story: Scenario = {
  title: 'Signing up, logging in, changing, leaving',
  requests: [
    signUp('Edsger signs up', { age: 72 }),
    ask('he logs in', 'POST /login', {
      form: { username: 'edsger@example.com', password: 'shortest-path' },
      save: { token: 'access_token' },
    }),
    ask('he reads himself', 'GET /users/me', { as: 'token' }),
    ask('he tells of himself', 'PATCH /users/4', { as: 'token', json: { bio: 'Considered harmful.' } }),
    ask('everyone sees it', 'GET /users/4'),
    ask('he may not change Ada', 'PATCH /users/1', { as: 'token', json: { bio: 'Goto.' } }),
    ask('he changes his password', 'PATCH /users/4', {
      as: 'token',
      json: { password: 'dining-philosophers' },
    }),
    ask('his token is good still', 'GET /users/me', { as: 'token' }),
    ask('he leaves', 'DELETE /users/4', { as: 'token' }),
    ask('his token is good no more', 'GET /users/me', { as: 'token' }),
  ],
}
