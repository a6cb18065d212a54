// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { hideInHeader, hideSecrets } from './hide-secrets.ts'

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'

describe('a secret that was typed', () => {
  test.each([
    ['JSON', '{"name":"Ada","password":"canary-1"}'],
    ['JSON with an escaped name', '{"p\\u0061ssword":"canary-1"}'],
    ['nested JSON', '[{"user":{"new_password":"canary-1"}}]'],
    ['broken JSON', '{"password": "canary-1", '],
    ['JSON that ends within the secret', '{"password":"canary-1'],
    ['a form', 'username=ada&password=canary-1&scope='],
    ['a query', '/login?password=canary-1&x=1'],
    ['an answer with a token', `{"access_token":"${TOKEN}","token_type":"bearer"}`],
    ['a token within a sentence', `the token ${TOKEN} is wrong`],
  ])('is hidden in %s', (_, text) => {
    const hidden = hideSecrets(text)
    expect(hidden).not.toContain('canary-1')
    expect(hidden).not.toContain(TOKEN)
    expect(hidden).toContain('•••')
  })

  test('is hidden in headers', () => {
    expect(hideInHeader('Authorization', `Bearer ${TOKEN}`)).toBe('Bearer •••')
    expect(hideInHeader('cookie', 'viva_sandbox=abc')).toBe('•••')
    expect(hideInHeader('X-Note', `see ${TOKEN}`)).toBe('see •••')
  })
})

test('a token is hidden in JSON that escapes its letters', () => {
  expect(hideSecrets(`{"note":"see \\u0065${TOKEN.slice(1)}"}`)).toBe('{"note":"see •••"}')
})

test('JSON around a secret is not rewritten', () => {
  const around = (secret: string): string =>
    `{ "id" : 9007199254740993, "age":1.0,"2":1e2,"1":"a\\u0062", "password" : "${secret}", "token_type": "bearer" }`
  expect(hideSecrets(around('canary-1'))).toBe(around('•••'))
})

test('text without secrets is unchanged, spaces and numbers included', () => {
  for (const text of ['{ "age": 1.0 }', '{"token_type":"bearer"}', 'name=Ada&age=3', 'plain', '']) {
    expect(hideSecrets(text)).toBe(text)
  }
})
