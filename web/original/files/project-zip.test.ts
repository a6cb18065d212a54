// @vitest-environment node
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { NoPython, pythonWith } from '../../../original/record/python.ts'
import { leaveOut } from '../../../scripts/leave-out.mjs'
import { OWN_FILES } from './own-files.ts'
import { projectZip } from './project-zip.ts'

const REQUIREMENTS = join(import.meta.dirname, '../../../original/project/requirements.txt')
const folder = mkdtempSync(join(tmpdir(), 'viva-project-'))
afterAll(() => rmSync(folder, { recursive: true }))

const python = await pythonWith([REQUIREMENTS]).catch((error: unknown) => {
  if (!(error instanceof NoPython)) throw error
  leaveOut(`The downloaded project was not run: ${error.message}`)
  return null
})

test.skipIf(python === null)(
  'the downloaded project runs with uvicorn, with what was changed in it',
  async () => {
    const own = OWN_FILES['routers/items.py'] ?? ''
    const files = { ...OWN_FILES, 'routers/items.py': own.replace('["item1", "item2"]', '["changed"]') }
    const archive = join(folder, 'project.zip')
    writeFileSync(archive, projectZip(files, new Date()))
    execFileSync(python ?? '', ['-m', 'zipfile', '-e', archive, folder])
    const options = { cwd: join(folder, 'fastapi-project') }
    const uvicorn = spawn(python ?? '', ['-m', 'uvicorn', 'main:app', '--port', '0'], options)
    try {
      const response = await fetch(`${await addressOf(uvicorn.stderr)}/items`)
      expect(await response.json()).toEqual(['changed'])
    } finally {
      uvicorn.kill()
    }
  },
)

/** Where uvicorn says that it listens. */
async function addressOf(log: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = []
  for await (const line of createInterface({ input: log })) {
    lines.push(line)
    const address = /running on (http:\/\/\S+)/.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error(lines.join('\n'))
}
