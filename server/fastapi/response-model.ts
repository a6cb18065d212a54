import { z } from 'zod'
import type { StepDetail } from '../../contract/trace.ts'
import { inStepSync, type OpenStep, type StepAbout, type Trace } from '../trace/trace.ts'
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
  const steps = stepsOf(schema)
  const { whole, named } = steps
  const detail = detailOf(steps, removedFields(schema, result), status)
  const parse = (step: OpenStep): unknown => {
    step.detail = detail
    return schema.parse(result)
  }
  if (named === undefined) return inStepSync(trace, whole, parse)
  return inStepSync(trace, whole, (step) => {
    step.detail = detail
    return inStepSync(trace, named, parse)
  })
}

type Detail = Extract<StepDetail, { kind: 'response' }>

interface ModelSteps {
  model: string
  whole: StepAbout
  /** The schema's own step: it opens the lines of the schema in both twins. */
  named: StepAbout | undefined
  /** The last request's: the next one mostly has the same to tell, and kept traces share it. */
  last: Detail
}

const all = new WeakMap<z.ZodType, ModelSteps>()

/** What is the same in every request. */
function stepsOf(schema: z.ZodType): ModelSteps {
  const known = all.get(schema)
  if (known !== undefined) return known
  const [model, region] = [modelName(schema), regionOf(schema)]
  const last: Detail = { kind: 'response', model, removed: [], status: 0 }
  const about = (name: string): StepAbout => ({
    name,
    kind: 'response',
    title: `Response model ${model}`,
    detail: last,
  })
  const named = region === undefined ? undefined : about(region)
  const made = { model, whole: about('response.model'), named, last }
  all.set(schema, made)
  return made
}

function detailOf(steps: ModelSteps, removed: string[], status: number): Detail {
  const { model, last } = steps
  const same =
    last.status === status &&
    last.removed.length === removed.length &&
    last.removed.every((field, index) => field === removed[index])
  if (!same) steps.last = { kind: 'response', model, removed, status }
  return steps.last
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
