import { z } from 'zod'
import { inStepSync, type StepAbout, type Trace } from '../trace/trace.ts'
import { elementOf, modelName, regionOf } from './schema-region.ts'

/**
 * Lets only the fields through that the response model declares.
 * @param trace gets a step that names the removed fields
 * @param status of the answer, for the trace
 * @throws {z.ZodError} when the result doesn't fit: a fault of the handler, answered with 500
 */
export function throughResponseModel(
  trace: Trace | undefined,
  schema: z.ZodType,
  result: unknown,
  status: number,
): unknown {
  const model = modelName(schema)
  const about: StepAbout = {
    // The region of the schema, where it has one: the step opens its lines.
    name: regionOf(schema) ?? 'response.model',
    kind: 'response',
    title: `Response model ${model}`,
    detail: { kind: 'response', model, removed: removedFields(schema, result), status },
  }
  return inStepSync(trace, about, () => schema.parse(result))
}

/** Fields that the handler returned and the model doesn't declare, each named once. */
function removedFields(schema: z.ZodType, result: unknown): string[] {
  const element = elementOf(schema)
  const model = element ?? schema
  if (!(model instanceof z.ZodObject)) return []
  // Rows of one list have the same fields: the first one is enough.
  const object = element === undefined ? result : (result as unknown[])[0]
  return Object.keys(object ?? {}).filter((field) => !(field in model.shape))
}
