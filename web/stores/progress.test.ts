import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { parseProgress, useProgressStore } from './progress.ts'

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
})

test('progress is still there after a reload', () => {
  const before = useProgressStore()
  before.open()
  before.claimHeld('06-authentication', 'login-gives-token')
  before.claimHeld('06-authentication', 'login-gives-token')
  before.namePoint('06-authentication', 'Tokens expire', true)
  before.visit('06-authentication', 3)
  setActivePinia(createPinia())
  const after = useProgressStore()
  after.open()
  expect(after.heldClaims('06-authentication')).toEqual(['login-gives-token'])
  expect(after.namedPoints('06-authentication')).toEqual(['Tokens expire'])
  expect(after.progress.last).toEqual({ slug: '06-authentication', step: 3 })
})

test('a lesson that was opened counts as read, proved or not, also after a reload', () => {
  const before = useProgressStore()
  before.open()
  before.claimHeld('06-authentication', 'login-gives-token')
  before.visit('06-authentication', 3)
  before.visit('08-jwt', 1)
  setActivePinia(createPinia())
  const after = useProgressStore()
  after.open()
  expect(after.progress.held).toEqual({ '06-authentication': ['login-gives-token'], '08-jwt': [] })
})

test('a change keeps what another tab wrote meanwhile', () => {
  const store = useProgressStore()
  store.open()
  const other = { version: 1, held: { a: ['x'] }, named: {}, last: null }
  localStorage.setItem('viva:progress', JSON.stringify(other))
  store.claimHeld('b', 'y')
  expect(store.heldClaims('a')).toEqual(['x'])
  expect(store.heldClaims('b')).toEqual(['y'])
})

test('a change of another tab is seen', () => {
  const store = useProgressStore()
  store.open()
  localStorage.setItem(
    'viva:progress',
    JSON.stringify({ version: 1, held: { a: ['x'] }, named: {}, last: null }),
  )
  dispatchEvent(new StorageEvent('storage', { key: 'viva:progress' }))
  expect(store.heldClaims('a')).toEqual(['x'])
})

test('forgetting leaves nothing', () => {
  const store = useProgressStore()
  store.open()
  store.claimHeld('a', 'x')
  store.forget()
  expect(store.heldClaims('a')).toEqual([])
  expect(parseProgress(JSON.parse(localStorage.getItem('viva:progress') ?? ''))).toEqual(store.progress)
})

test.each([
  ['nothing', undefined],
  ['a text', 'x'],
  ['another version', { version: 2, held: { a: ['x'] } }],
  ['lists that are none', { version: 1, held: [], named: 4, last: 'x' }],
])('%s in storage counts as no progress', (_name, stored) => {
  expect(parseProgress(stored)).toEqual({ version: 1, held: {}, named: {}, last: null })
})

test('invalid entries are dropped, valid ones are kept', () => {
  const stored = {
    version: 1,
    held: { a: ['x', 4, 'x'], b: 'y' },
    named: {},
    last: { slug: 'a', step: null },
  }
  expect(parseProgress(stored)).toEqual({ version: 1, held: { a: ['x'], b: [] }, named: {}, last: null })
})

test('without storage, progress still counts while the page is open', () => {
  const refuse = () => {
    throw new DOMException('refused', 'SecurityError')
  }
  const { getItem, setItem } = Storage.prototype
  Object.assign(Storage.prototype, { getItem: refuse, setItem: refuse })
  const store = useProgressStore()
  store.open()
  store.claimHeld('a', 'x')
  expect(store.heldClaims('a')).toEqual(['x'])
  Object.assign(Storage.prototype, { getItem, setItem })
})
