import type { OpenApiDocument } from './operations.ts'
import { callApi } from '../../api/call.ts'

/**
 * The API's OpenAPI document.
 * @throws ApiFailure when it can't be loaded or has no paths
 */
export function readOpenApi(): Promise<OpenApiDocument> {
  return callApi('/openapi.json', {
    parse(json: unknown) {
      if (json !== null && typeof json === 'object' && 'paths' in json) return json as OpenApiDocument
      throw new TypeError('no paths')
    },
  })
}
