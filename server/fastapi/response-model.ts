import { z } from 'zod'
import type { StepDetail } from '#contract/trace.ts'
import { sameItems, shareTold } from '../trace/share-told.ts'
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
  const about = stepOf(schema)
  const detail = shared(schema, { ...about.detail, removed: removedFields(schema, result), status })
  return inStepSync(trace, about, (step) => {
    step.detail = detail
    return schema.parse(result)
  })
}

type Detail = Extract<StepDetail, { kind: 'response' }>
type ModelStep = StepAbout & { readonly detail: Detail }

const shared = shareTold<Detail>(
  (last, told) => last.status === told.status && sameItems(last.removed, told.removed),
)

const steps = new WeakMap<z.ZodType, ModelStep>()

/** What is the same in every request. A schema that has lines in both twins names the step, which opens them. */
function stepOf(schema: z.ZodType): ModelStep {
  const known = steps.get(schema)
  if (known !== undefined) return known
  const model = modelName(schema)
  const about: ModelStep = {
    name: regionOf(schema) ?? 'response.model',
    kind: 'response',
    title: `Response model ${model}`,
    detail: { kind: 'response', model, removed: [], status: 0 },
  }
  steps.set(schema, about)
  return about
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
