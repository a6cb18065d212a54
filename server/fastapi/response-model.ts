import { z } from 'zod'
import { inStepSync, type StepAbout, type Trace } from '../trace/trace.ts'
import { elementOf, modelName, regionOf } from './schema-region.ts'

/**
 * Lets only the fields through that the response model declares.
 * @param trace where it says what it took away
 * @param status of the answer, for the trace
 * @throws {z.ZodError} when the result doesn't fit: a fault of the handler, answered with 500
 */
export function throughResponseModel(
  trace: Trace | undefined,
  schema: z.ZodType,
  result: unknown,
  status: number,
): unknown {
  const removed = removedFields(schema, result)
  const about: Omit<StepAbout, 'name'> = {
    kind: 'response',
    title: `Response model ${modelName(schema)}`,
    detail: { kind: 'response', model: modelName(schema), removed, status },
  }
  const region = regionOf(schema)
  return inStepSync(trace, { ...about, name: 'response.model' }, () =>
    region === undefined
      ? schema.parse(result)
      : inStepSync(trace, { ...about, name: region }, () => schema.parse(result)),
  )
}

/** Fields that came back from the handler and that the model doesn't declare, each named once. */
function removedFields(schema: z.ZodType, result: unknown): string[] {
  const element = elementOf(schema)
  const model = element ?? schema
  if (!(model instanceof z.ZodObject)) return []
  // Rows of one list have the same fields: looking at the first one is enough.
  const object = element === undefined ? result : (result as unknown[])[0]
  return Object.keys(object ?? {}).filter((field) => !(field in model.shape))
}
