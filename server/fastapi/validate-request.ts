import type { z } from 'zod'
import type { FieldVerdict, StepDetail } from '#contract/trace.ts'
import { sameItems, shareTold } from '../trace/share-told.ts'
import { inStepSync, type OpenStep, type StepAbout } from '../trace/trace.ts'
import { RequestValidationError } from './http-exception.ts'
import type { PathOperation } from './operation.ts'
import type { Request } from './request.ts'
import { modelName, regionOf } from './schema-region.ts'
import { queryString } from './url.ts'
import { readQuery, type ReadBody } from './validation/read-body.ts'
import { validate, validateFields } from './validation/validate.ts'
import type { Validation, ValidationErrorItem } from './validation/validation-error-item.ts'

type Body = Extract<ReadBody, { ok: true }>
type Detail = Extract<StepDetail, { kind: 'validation' }>
type Values = Record<string, unknown>

/** The most fields that a trace tells of: whoever sends thousands of unknown ones doesn't fill it with them. */
const FIELDS_TOLD = 100

const STEP: StepAbout = {
  name: 'request.validation',
  kind: 'validation',
  title: 'Request validated',
  detail: detailOf(null, 'path', []),
}

/**
 * Everything that an operation declares about its request, checked: path, then query, then body.
 * @returns the parameters by name, and `body` or `form`
 * @throws {RequestValidationError} with all problems at once
 */
export function validateRequest(
  request: Request,
  operation: PathOperation,
  params: ReadonlyMap<string, string>,
  body: Body | undefined,
): Values {
  const { params: declared = {}, body: model, form } = operation
  const where = model ? 'body' : form ? 'form' : declared.query ? 'query' : 'path'
  if (where === 'path' && declared.path === undefined) return {}

  const fields: FieldVerdict[] = []
  const errors: ValidationErrorItem[] = []
  const take = (found: Validation<unknown>): unknown => {
    for (const field of found.fields.slice(0, FIELDS_TOLD - fields.length)) fields.push(field)
    if (found.ok) return found.value
    errors.push(...found.errors)
    return undefined
  }
  return inStepSync(request.state.trace, STEP, (step) => {
    const values: Values = {}
    if (declared.path) Object.assign(values, take(validateFields(declared.path, params, 'path')))
    if (declared.query) {
      const received = readQuery(queryString(request.url))
      Object.assign(values, take(validateFields(declared.query, received, 'query')))
    }
    if (form && body?.as === 'form') values.form = take(validateFields(form, body.value, 'body'))
    if (model && body && body.as !== 'form') values.body = take(validateBody(request, model, body.value))
    step.detail = shared(operation, detailOf(model ? modelName(model) : null, where, fields))
    if (errors.length > 0) throw new RequestValidationError(errors)
    return values
  })
}

/** Of an operation or of a model; what is told besides the verdicts is its own. */
const shared = shareTold<Detail>((last, told) => sameItems(last.fields, told.fields))

/** The schema's own step: it opens the lines of the schema in both twins. */
function validateBody(
  request: Request,
  model: NonNullable<PathOperation['body']>,
  value: Parameters<typeof validate>[1],
): Validation<unknown> {
  const about = stepOf(model)
  if (about === undefined) return validate(model, value, ['body'])
  return inStepSync(request.state.trace, about, (step: OpenStep) => {
    const found = validate(model, value, ['body'])
    step.detail = shared(model, detailOf(modelName(model), 'body', found.fields.slice(0, FIELDS_TOLD)))
    if (!found.ok) step.refuse()
    return found
  })
}

const steps = new WeakMap<z.ZodType, StepAbout>()

/** What is the same in every request. @returns undefined for a schema that no line of the twins is named after */
function stepOf(model: z.ZodType): StepAbout | undefined {
  const known = steps.get(model)
  if (known !== undefined) return known
  const region = regionOf(model)
  if (region === undefined) return undefined
  const title = modelName(model)
  const made: StepAbout = { name: region, kind: 'validation', title, detail: detailOf(title, 'body', []) }
  steps.set(model, made)
  return made
}

function detailOf(model: string | null, where: Detail['where'], fields: FieldVerdict[]): Detail {
  return { kind: 'validation', model, where, fields }
}
