import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { LOCK, readLock, wantedPackages } from './wheels.ts'

const text = await readFile(LOCK, 'utf8')
const plain = (name: string) => name.toLowerCase().replaceAll(/[._]/g, '-')

test('the lock has every package of the project, in its version', async () => {
  const locked = readLock(text).map(({ name, version }) => `${plain(name)}==${version}`)
  const wanted = (await wantedPackages()).map(
    (line) => plain(line.split('==')[0]!) + `==${line.split('==')[1]}`,
  )
  expect(wanted).toContain('fastapi==0.165.0')
  expect(wanted.filter((each) => !locked.includes(each))).toEqual([])
})

test('uvicorn and bcrypt, which have stand-ins, are not in it', () => {
  expect(readLock(text).filter(({ name }) => /^(uvicorn|bcrypt)$/.test(name))).toEqual([])
})

test('a line without a hash is refused', () => {
  expect(() => readLock('fastapi==0.165.0\n')).toThrow('not a line of a lock: fastapi==0.165.0')
})
