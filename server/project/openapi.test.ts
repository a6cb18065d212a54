import { expect, test } from 'vitest'
import recording from '../../original/recording/documents.json' with { type: 'json' }
import { toJson } from '../fastapi/json/to-json.ts'
import { app } from './main.ts'

test('the document is the one that FastAPI makes of the original, byte for byte', () => {
  const recorded = recording.requests.find(({ path }) => path === '/openapi.json')
  expect(recorded).toBeDefined()
  expect(toJson(app.openapi())).toBe(recorded?.answer.text)
})
