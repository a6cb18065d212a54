import { expect, test } from 'vitest'
import { OAuth2PasswordRequestForm } from './oauth2-password-request-form.ts'
import { validateFields } from './validate.ts'

const read = (fields: Record<string, string>) =>
  validateFields(OAuth2PasswordRequestForm, new Map(Object.entries(fields)), 'body')

test('a login needs a name and a password; the rest has a default', () => {
  expect(read({ username: 'ada', password: 'x' })).toMatchObject({
    value: {
      grant_type: null,
      username: 'ada',
      password: 'x',
      scope: '',
      client_id: null,
      client_secret: null,
    },
  })
  expect(read({})).toMatchObject({ errors: [{ loc: ['body', 'username'] }, { loc: ['body', 'password'] }] })
})

test('the only grant type is password', () => {
  const typed = (grant_type: string) => read({ grant_type, username: 'ada', password: 'x' }).ok
  expect(['password', 'passwords', 'apassword', ''].map(typed)).toEqual([true, false, false, false])
})
