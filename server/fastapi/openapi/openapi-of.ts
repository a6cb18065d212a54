import type { OperationDescription, SecurityScheme } from '../operation.ts'

export interface DescribedApp {
  title: string
  version: string
  /** In the order in which they are declared. */
  operations: OperationDescription[]
  securitySchemes: SecurityScheme[]
}

export type OpenApiDocument = { openapi: '3.1.0'; info: { title: string; version: string } } & Record<
  string,
  unknown
>

/** The OpenAPI 3.1 document that FastAPI makes of the same declarations. */
export function openapiOf(app: DescribedApp): OpenApiDocument {
  return { openapi: '3.1.0', info: { title: app.title, version: app.version } }
}
