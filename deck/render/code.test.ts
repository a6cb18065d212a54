import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRegions } from '../regions.ts'
import { renderRegions, type TwinPieces } from './code.ts'
import { loadHighlight } from './highlight.ts'

const python = `import x

# region users.create_user

@router.post("/")
def create_user():
    # region users.create_user.insert
    db.add(user)
    # endregion
    return user

# endregion
# region only.here
pass
# endregion
`
const typescript = `// region users.create_user
  users.post('/')
  // region users.create_user.insert
  db.add(user)
  // endregion
// endregion
`
let root = ''
let twins: Map<string, TwinPieces>

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'viva-'))
  await mkdir(join(root, 'original/project/routers'), { recursive: true })
  await mkdir(join(root, 'server/project/routers'), { recursive: true })
  await writeFile(join(root, 'original/project/routers/users.py'), python)
  await writeFile(join(root, 'server/project/routers/users.ts'), typescript)
  twins = await renderRegions(root, await readRegions(root), await loadHighlight())
})

afterAll(() => rm(root, { recursive: true }))

const plain = (html: string | undefined) => html?.replace(/<[^>]+>/g, '').replaceAll('&quot;', '"')

test('a region is cut from its file without markers and blank lines around', () => {
  const piece = twins.get('users.create_user')?.python
  expect(piece).toMatchObject({ file: 'routers/users.py', first: 5, last: 10 })
  expect(plain(piece?.html)).toBe(
    '@router.post("/")\ndef create_user():\n    db.add(user)\n    return user\n',
  )
})

test('lines keep their line numbers and name the regions inside', () => {
  const html = twins.get('users.create_user')?.python.html
  expect(html).toContain('data-line="8" data-within="users.create_user.insert"')
  expect(html).toContain('data-line="10">')
})

test('common indentation is removed', () => {
  expect(plain(twins.get('users.create_user.insert')?.typescript.html)).toBe('db.add(user)\n')
})

test('a region that only one twin has is left out', () => {
  expect(twins.has('only.here')).toBe(false)
})
