import { nextTick } from 'vue'
import { beforeEach, expect, test } from 'vitest'
import { forgetOpenFiles, openFileKey, useOpenFile } from './open-file.ts'

const key = openFileKey('1', 'q1')
const paths = ['main.py', 'schemas.py', 'routers/users.py']
beforeEach(() => localStorage.clear())

test('after a reload, the file that was open is open again, but not for another question or once the interview is over', async () => {
  useOpenFile(key, paths).value = 'routers/users.py'
  await nextTick()
  expect(useOpenFile(key, paths, 'schemas.py').value).toBe('routers/users.py')
  expect(useOpenFile(openFileKey('1', 'q2'), paths).value).toBe('main.py')
  forgetOpenFiles('1')
  expect(localStorage).toHaveLength(0)
})

test('without one that can be opened, it begins with what was changed, or else with main.py', () => {
  expect(useOpenFile(key, paths, 'schemas.py').value).toBe('schemas.py')
  for (const kept of ['"__proto__"', '{"broken', '7']) {
    localStorage.setItem(key, kept)
    expect(useOpenFile(key, paths).value).toBe('main.py')
  }
})
