import { expect, test } from 'vitest'
import { parseJson } from '../fastapi/json/parse-json.ts'
import { toJson } from '../fastapi/json/to-json.ts'
import answers from '../../original/validators/bodies.generated.json' with { type: 'json' }
import { validate } from '../fastapi/validation/validate.ts'
import { UserCreate, UserPatch, UserUpdate } from './schemas.ts'

const MODELS = { UserCreate, UserUpdate, UserPatch }

test.each(answers.map((each) => ({ ...each, short: each.text.slice(0, 80) })))(
  '$model accepts or refuses $short as its twin does',
  ({ model, text, answer }) => {
    const found = validate(MODELS[model as keyof typeof MODELS], parseJson(Buffer.from(text)), ['body'])
    expect(found.ok ? { value: found.value } : { errors: toJson(found.errors) }).toEqual(answer)
  },
)
