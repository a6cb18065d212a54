import { FormError } from '../../server/fastapi/validation/multipart/parse-multipart.ts'
import { readMultipart } from '../../server/fastapi/validation/multipart/read-multipart.ts'
import type { Json } from '../replay/recording.ts'
import { askPython } from './ask-python.ts'
import { chanceOf } from './chance.ts'
import { inventParts } from './invent-parts.ts'

/**
 * Lets Starlette and the twin read invented multipart bodies.
 * @returns one line for each body in which they don't find the same
 */
export async function differForms(
  python: string,
  project: string,
  seed: number,
  count: number,
): Promise<string[]> {
  const chance = chanceOf(seed)
  const bodies = Array.from({ length: count }, () => inventParts(chance))
  const expected = await askPython(python, 'parse_forms.py', project, bodies)
  return bodies.flatMap((body, index) => {
    const [wanted, found] = [JSON.stringify(expected[index]), JSON.stringify(read(...body))]
    return wanted === found
      ? []
      : [`seed ${seed}: ${JSON.stringify(body)}: original ${wanted}, twin ${found}`]
  })
}

function read(contentType: string, body: string): Json {
  try {
    return readMultipart(contentType, Buffer.from(body, 'latin1')).map(([name, value]) => {
      if (!(value instanceof Map)) return [name, value as string]
      const headers = Object.fromEntries(value.get('headers') as Map<string, string>)
      return [name, [value.get('filename') as string, value.get('size') as number, headers]]
    })
  } catch (error) {
    if (error instanceof FormError) return error.message
    throw error
  }
}
