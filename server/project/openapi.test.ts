import { expect, test } from 'vitest'
import recording from '../../original/recording/documents.json' with { type: 'json' }
import { toJson } from '../fastapi/json/to-json.ts'
import { memoryLimits } from '../limits/memory-limits.ts'
import { TraceLog } from '../trace/trace-log.ts'
import { createProject } from './main.ts'

test('the document is the one that FastAPI makes of the original, byte for byte', () => {
  const project = createProject({
    secret: new Uint8Array(32),
    logins: memoryLimits(0).logins,
    traces: new TraceLog(),
    before: [],
    bodyLimit: 1024,
  })
  const recorded = recording.requests.find(({ path }) => path === '/openapi.json')
  expect(recorded).toBeDefined()
  expect(toJson(project.openapi())).toBe(recorded?.answer.text)
})
