import { expect, test } from 'vitest'
import recording from '../../original/recording/documents.json' with { type: 'json' }
import { toJson } from '../fastapi/json/to-json.ts'
import { app } from './main.ts'

test('the document is byte for byte the one that FastAPI generates for the original', () => {
  const recorded = recording.requests.find(({ path }) => path === '/openapi.json')
  expect(recorded).toBeDefined()
  expect(toJson(app.openapi())).toBe(recorded?.answer.text)
})
